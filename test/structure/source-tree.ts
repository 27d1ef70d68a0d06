import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const NOT_OURS = new Set(['node_modules', 'build', 'data', 'test-results', 'public', 'peers']);

/** One import as it stands in a file. Paths are from the root of the tree, with `/`. */
export interface Import {
  readonly from: string;
  /** A path of the tree (`domain/result.ts`) or the name of a package (`zod`, `node:fs`). */
  readonly to: string;
  readonly ours: boolean;
  /** Only types: gone when the program runs. */
  readonly typeOnly: boolean;
  /** The address of a file that the build copies; no code. */
  readonly asset: boolean;
}

/** Every TypeScript and JavaScript file of the tree. */
export function sourceFiles(folder = ROOT): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|js)$/.test(entry.name) ? [relative(ROOT, path).split(sep).join('/')] : [];
  });
}

export const readSource = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

export function parseSource(file: string, text = readSource(file)): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** What a file imports, re-exports, or loads later with `import()`. */
export function importsOf(file: string, text = readSource(file)): readonly Import[] {
  const found: Import[] = [];
  const note = (specifier: string, typeOnly: boolean) => {
    const ours = specifier.startsWith('.');
    const asset = /\?(url|raw)$/.test(specifier);
    const to = ours ? join(dirname(file), specifier).split(sep).join('/') : packageName(specifier);
    found.push({ from: file, to: to.replace(/\?.*$/, ''), ours, typeOnly, asset });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) note(textOf(node.moduleSpecifier), isTypeImport(node));
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
      note(textOf(node.moduleSpecifier), node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      note(textOf(node.arguments[0]), false);
    ts.forEachChild(node, visit);
  };
  visit(parseSource(file, text));
  return found;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.isTypeOnly) return true;
  const named = importClause.namedBindings;
  return (
    importClause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/** What stands for the target of an `import(…)` that is worked out when the program runs. */
export const COMPUTED = '(computed)';

const textOf = (node: ts.Node | undefined): string =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : COMPUTED;

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
