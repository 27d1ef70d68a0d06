/** A form as a browser without scripts reads it. */
export interface HtmlForm {
  /** Where it goes; undefined: to the address of its page. */
  readonly action: string | undefined;
  /** Every named input with its value as it stands, hidden ones too; an empty field is ''. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Every form of a page, in its order. Reads what our own pages are made of, and no more of HTML. */
export function formsIn(html: string): readonly HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => {
    const inputs = [...inside.matchAll(/<input\b([^>]*?)\/?>/g)].map(([, input = '']) => {
      const { name = '', value = '' } = attributesOf(input);
      return [name, value] as const;
    });
    return { action: attributesOf(tag)['action'], fields: Object.fromEntries(inputs) };
  });
}

/** What a person reads of a page: no tags, no scripts, one space between words. */
export const textIn = (html: string): string =>
  decoded(html.replace(/<script\b.*?<\/script>/gs, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

/** The messages beside the fields, by field. */
export function messagesIn(html: string): Readonly<Record<string, string>> {
  const found = html.matchAll(/<p id="([\w-]+)-error"[^>]*>(.*?)<\/p>/gs);
  return Object.fromEntries([...found].map(([, name = '', inside = '']) => [name, textIn(inside)]));
}

/** The code of a refusal on the page, if it shows one. */
export const refusalIn = (html: string): string | undefined =>
  /data-refusal="([\w-]+)"/.exec(html)?.[1];

function attributesOf(tag: string): Readonly<Record<string, string>> {
  const found = tag.matchAll(/([\w-]+)="([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, decoded(value)]));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const decoded = (text: string): string =>
  text.replace(/&(?:#(x[0-9a-f]+|\d+)|(\w+));/gi, (whole, ...[code, name]: string[]) => {
    if (code) return String.fromCodePoint(Number(code.replace(/^x/i, '0x')));
    return entities[name ?? ''] ?? whole;
  });
