((glue, wasm, sizeStore) => {
  const root = document.documentElement;
  // Style shows what only a script can do.
  root.dataset.scripted = '';
  const on = (act, heard) => addEventListener(act, heard, { capture: true, passive: true });
  const over = (event, what) => event.target.closest && event.target.closest(what);

  // The client is fetched and started once. The page is complete without it, so nothing more is done where it fails.
  let fetching;
  const start = () => {
    if (fetching) return;
    const mine = (fetching = new AbortController());
    const bytes = fetch(wasm, { signal: mine.signal });
    // It may fail before anybody waits for it.
    bytes.catch(() => {});
    import(glue)
      .then((client) => client.default({ module_or_path: bytes }).then(() => {
        if (mine.signal.aborted) return;
        client.hydrate();
        // From now on the client fetches ahead.
        document.querySelector('script[type=speculationrules]').remove();
      }))
      .catch((error) => mine.signal.aborted || console.warn(error));
  };

  // The first thing that a reader does.
  ['pointerdown', 'touchstart', 'keydown', 'focusin'].forEach((act) => on(act, start));
  // A page that appears under a resting pointer is no act: that pointer comes over a link, but it does not move.
  on('pointermove', (event) => fetching || (over(event, 'a,button,label') && start()));
  // The page behind a link that is followed before the client is there gets the line for itself.
  on('click', (event) => {
    const stays = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!fetching || stays || 'live' in root.dataset || !over(event, 'a[href]')) return;
    fetching.abort();
    fetching = undefined;
  });

  // On a fast line it comes by itself when the page is there and there is nothing else to do. A browser that says
  // nothing of its line is taken to have a fast one.
  const line = navigator.connection;
  const slow = line && (line.saveData || /[23]g/.test(line.effectiveType) || line.downlink < 1);
  const idle = () => (window.requestIdleCallback ? requestIdleCallback(start, { timeout: 4000 }) : setTimeout(start, 300));
  const seen = () => (document.prerendering ? document.addEventListener('prerenderingchange', idle) : idle());
  if (!slow) addEventListener('load', seen);

  // The size of text that was chosen, before the first paint. The browser's storage may be shut.
  const size = (chosen) => {
    try {
      return chosen ? localStorage.setItem(sizeStore, chosen) : localStorage.getItem(sizeStore);
    } catch (_) {}
  };
  document.addEventListener('DOMContentLoaded', () => {
    const input = document.getElementById(size());
    if (input) input.checked = true;
  });
  on('change', ({ target }) => target.name === 'text-size' && size(target.id));

  // Paper, and a window that a script opened. Any other window follows the link.
  document.addEventListener('click', (event) => {
    const control = over(event, '[data-does]');
    const does = control && control.dataset.does;
    if (does === 'print') print();
    if (does === 'close' && opener) {
      event.preventDefault();
      close();
    }
  });
})
