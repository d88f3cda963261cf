import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** The component library brings its few words in 34 languages; the portal speaks two. */
const onlyOurLanguages: Plugin = {
  name: 'daicho:only-our-languages',
  enforce: 'pre',
  load(id) {
    const language = /\/react-aria[^/]*\/.*\/intl\/.*\/([a-z]{2}-[A-Z]{2})\.m?js$/.exec(id)?.[1];
    return language !== undefined && language !== 'ja-JP' && language !== 'en-US'
      ? 'export default {}'
      : undefined;
  },
};

/** build.mjs says where it goes: to dist/portal, from where the server serves it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [onlyOurLanguages],
  // The one door of the house that is open to a browser, `#kernel/csv`, leads to its source.
  resolve: { conditions: ['daicho-source', ...defaultClientConditions] },
  build: {
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // No data: addresses: the content security policy of the portal stays simple.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // `use client` of the packages means something to servers that render; here is none.
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  // `npx vite apps/portal` beside a running server.
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
