import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const wailsOnly = {
  group: ['**/wailsjs/**'],
  message: 'Only lib/bridge knows Wails: everything else gets a Bridge, so that it runs without Go in tests.',
};

/** Forbids imports from the layers above, with the reason. */
function layer(files, above, reason) {
  const groups = above.map((name) => ({
    group: [`$${name}/*`, `**/${name}/**`],
    message: `${reason} Direction: views -> features -> components -> lib.`,
  }));
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [...groups, wailsOnly] }] } };
}

export default ts.config(
  { ignores: ['dist', 'wailsjs', 'node_modules'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'max-lines': ['error', { max: 250 }],
      // The compiler says the same, with types.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // Plain Maps and Sets here are either never changed or hold nothing that is shown.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  // Tests list their cases.
  { files: ['**/*.test.ts'], rules: { 'max-lines': ['error', { max: 450 }] } },
  layer(['src/**'], [], ''),
  layer(['src/lib/**'], ['components', 'features', 'views'], 'lib holds no components.'),
  layer(['src/components/**'], ['features', 'views'], 'A component serves any feature.'),
  {
    files: ['src/features/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['$views/*', '**/views/**'], message: 'A feature does not know where it is shown.' },
            {
              group: ['$features/*', '../*/*', '**/features/**'],
              message: 'Features do not know one another: they meet in a view.',
            },
            wailsOnly,
          ],
        },
      ],
    },
  },
  { files: ['src/lib/bridge/**'], rules: { 'no-restricted-imports': 'off' } },
);
