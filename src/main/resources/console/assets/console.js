// Parts of a page refresh themselves. They wait while somebody types or chooses in them, and while nobody looks.
(() => {
  'use strict';

  const live = () => document.getElementById('live');

  const isBusy = (part) => {
    const active = document.activeElement;
    const selection = document.getSelection();
    return part.contains(active) && active.matches('input, select, textarea')
      || selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode);
  };

  document.addEventListener('htmx:beforeRequest', (event) => {
    const part = event.detail.elt;
    if (part.id === 'live' && (document.hidden || isBusy(part))) {
      event.preventDefault();
    }
  });

  // What was unfolded stays unfolded, what was scrolled stays where it was, and so does the keyboard.
  const parts = () => [...live().querySelectorAll('details, .scroll')];
  const likeness = (element) => element.tagName + ['href', 'id', 'name', 'formaction', 'aria-label']
    .map((name) => element.getAttribute(name)).join('|');
  let kept = null;

  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target !== live()) {
      return;
    }
    const active = document.activeElement;
    kept = {
      parts: parts().map((part) => ({ open: part.open, left: part.scrollLeft })),
      focus: live().contains(active) ? likeness(active) : null
    };
  });
  document.addEventListener('htmx:afterSwap', () => {
    if (kept === null || live() === null) {
      return;
    }
    const fresh = parts();
    if (fresh.length === kept.parts.length) {
      fresh.forEach((part, at) => {
        if (part.matches('details')) {
          part.open = kept.parts[at].open;
        }
        part.scrollLeft = kept.parts[at].left;
      });
    }
    if (kept.focus !== null) {
      [...live().querySelectorAll('a, button, summary, [tabindex]')]
        .find((element) => likeness(element) === kept.focus)
        ?.focus({ preventScroll: true });
    }
    kept = null;
  });

  // The service tells when something changed; only a page that is looked at holds a connection for it.
  let stream = null;
  const listen = () => {
    const source = document.body.dataset.changes;
    if (document.hidden || !source || live() === null) {
      stream?.close();
      stream = null;
    } else if (stream === null) {
      stream = new EventSource(source);
      stream.addEventListener('changed', () => htmx.trigger('#live', 'changed'));
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();

  // On a phone the menu begins folded.
  if (matchMedia('(max-width: 48rem)').matches) {
    document.querySelector('.menu')?.removeAttribute('open');
  }

  // "/" goes to the search box, as on many sites.
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.target.matches('input, select, textarea')) {
      event.preventDefault();
      document.getElementById('q')?.focus();
    }
  });
})();
