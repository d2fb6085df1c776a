// Where a picture or a file comes from: the media library, or this computer. A small menu beside what asked for it.
import { words } from './words';

export type Picked = 'picture' | 'file';

/** Offers both ways. */
export function offer(beside: DOMRect, kind: Picked, library: () => void, files: (chosen: File[]) => void): void {
  const menu = document.createElement('div');
  menu.className = 'menu ed-pick';
  menu.popover = 'auto';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', kind === 'picture' ? words.picture : words.file);
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (kind === 'picture') input.accept = 'image/*';
  input.addEventListener('change', () => files([...(input.files ?? [])]));
  const item = (label: string, run: () => void) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('role', 'menuitem');
    button.textContent = label;
    button.addEventListener('click', () => {
      menu.hidePopover();
      run();
    });
    menu.append(button);
    return button;
  };
  const items = [item(words.fromLibrary, library), item(words.fromComputer, () => input.click())];
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement as HTMLButtonElement) + step + items.length) % items.length]?.focus();
  });
  menu.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState === 'closed') menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  const { width, height } = menu.getBoundingClientRect();
  const below = beside.bottom + 4;
  menu.style.left = `${Math.max(8, Math.min(beside.left, window.innerWidth - width - 8))}px`;
  menu.style.top = `${below + height > window.innerHeight ? Math.max(8, beside.top - height - 4) : below}px`;
  items[0]?.focus();
}
