import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// A docstring is a promise, not length: comments and blank lines are not counted.
const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

const barrel = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: import a thing from the file that is named after it.',
};
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'A default export is only for a page; everything else is exported by its name.',
};
const impure = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The domain has no clock: the time stands in the command.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'The domain has no clock: the time stands in the command.',
  },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'The domain has no dice: ids stand in the command.',
  },
  {
    selector: ':matches(AwaitExpression, FunctionDeclaration[async=true])',
    message: 'The domain waits for nothing: a rule is a pure function.',
  },
];
const setAside = {
  selector:
    'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(skip|skipIf|runIf|only|todo|fixme|fails)$/]',
  message: 'No test is set aside, and none runs alone.',
};

export default tseslint.config(
  {
    ignores: [
      '.cache/',
      'build/',
      'data/',
      'node_modules/',
      'bench/peers/',
      'public/',
      'test-results/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      'no-else-return': ['error', { allowElseIf: false }],
      'max-depth': ['error', 3],
      'max-params': ['error', 3],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', barrel, defaultExport],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': lines(150),
      'max-lines-per-function': lines(40),
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `string | 'erased'` tells the reader which string means something else.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Remix throws Responses, and a port's adapter may answer at once what the port says to await.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Markup is layout: it may be longer than a rule, not longer than a screen.
    files: ['**/*.tsx'],
    extends: [jsxA11y.flatConfigs.recommended, reactHooks.configs.flat.recommended],
    rules: { 'max-lines-per-function': lines(80) },
  },
  {
    files: ['domain/**'],
    rules: { 'no-restricted-syntax': ['error', barrel, defaultExport, ...impure] },
  },
  {
    // A describe is a list of sentences: its length says nothing. A file still has one subject.
    files: ['test/**'],
    rules: {
      'max-lines': lines(300),
      'max-lines-per-function': 'off',
      // A test takes the parts of its fixture by name; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': ['error', barrel, defaultExport, setAside],
    },
  },
  {
    files: [
      'app/root.tsx',
      'app/entry.*.tsx',
      'app/routes/**',
      'bench/bare-remix/**',
      '*.config.{js,ts}',
      'test/**/*.config.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', barrel] },
  },
  {
    // Playwright reads from the pattern which fixtures a fixture needs: `{}` is its word for none.
    files: ['test/e2e/**'],
    rules: { 'no-empty-pattern': 'off' },
  },
  {
    files: ['dev/**', 'cli/**', 'bench/**', 'test/**', 'scripts/**', '**/require-node.js'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Headers: 'readonly',
        Request: 'readonly',
        AbortController: 'readonly',
      },
    },
  },
);
