((article) => {
  // What the admin asks for first is asked for while its client is on its way; `admin/ahead.rs` takes the answers over.
  // What fails here is asked for again there.
  const ask = (what, given) => {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const asked = fetch('/api/' + what, { method: 'POST', headers, body: JSON.stringify(given) });
    return asked.then((answer) => (answer.ok ? answer.text() : ''), () => '');
  };
  const sections = ask('list_section_choices', {});
  const ahead = { me: ask('get_me', {}), frame: sections, sections };
  if (article) {
    const letter = (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31];
    const tab = Array.from(crypto.getRandomValues(new Uint8Array(20)), letter).join('');
    Object.assign(ahead, { tab, ['article-' + article]: ask('open_article', { id: article, tab }) });
  }
  window.fuxianAhead = ahead;
})
