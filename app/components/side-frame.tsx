import type { ReactNode } from 'react';

export interface SidePage {
  readonly path: string;
  readonly name: string;
}

export interface SideFrameProps {
  /** What the list of pages is called. */
  readonly navigation: string;
  readonly pages: readonly SidePage[];
  /** Path of the page that stands here, if it is in the list. */
  readonly current: string;
  readonly heading: string;
  /** One or two sentences under the heading. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** All the width there is, for a register; otherwise a measure that suits forms. */
  readonly wide?: boolean;
}

const itemClass =
  'inline-flex min-h-6 items-center px-1 decoration-brass decoration-2 underline-offset-8 hover:text-ink wide:w-full wide:border-s-2 wide:px-2 wide:no-underline';

const PageList = ({ navigation, pages, current }: SideFrameProps) => (
  <nav aria-label={navigation} className="print:hidden">
    <ul className="-mx-1 flex flex-wrap wide:mx-0 wide:block wide:border-s wide:border-line">
      {pages.map(({ path, name }) => (
        <li key={path}>
          <a
            href={path}
            aria-current={path === current ? 'page' : undefined}
            className={`${itemClass} ${path === current ? 'border-brass font-semibold underline' : 'border-transparent text-ink-soft'}`}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** A page beside the list of those that belong together where there is room, under it on a phone. */
export const SideFrame = (props: SideFrameProps) => {
  const { heading, lead, children, wide = false } = props;
  return (
    <div className="grid gap-3 wide:grid-cols-[12rem_minmax(0,1fr)] wide:gap-8">
      <PageList {...props} />
      <div className={`min-w-0 ${wide ? '' : 'max-w-main'}`}>
        <h1 className="text-title font-semibold tracking-tight">{heading}</h1>
        {lead && <p className="mt-1 max-w-text text-ink-soft">{lead}</p>}
        <div className="mt-4 grid gap-4">{children}</div>
      </div>
    </div>
  );
};
