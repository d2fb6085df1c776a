// A small dialog with one line of text.
import { words } from './words';

/** `take` answers with what is wrong, or null where it took the text. */
export function ask(label: string, value: string, hint: string, take: (text: string) => string | null): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog ed-ask';
  const form = document.createElement('form');
  form.method = 'dialog';
  const name = document.createElement('label');
  const input = document.createElement('input');
  const help = document.createElement('p');
  const buttons = document.createElement('div');
  name.textContent = label;
  input.type = 'text';
  input.value = value;
  help.className = 'field-hint';
  help.textContent = hint;
  help.setAttribute('role', 'status');
  buttons.className = 'dialog-buttons';
  const button = (text: string, type: 'button' | 'submit') => {
    const made = document.createElement('button');
    made.type = type;
    made.textContent = text;
    buttons.append(made);
    return made;
  };
  button(words.close, 'button').addEventListener('click', () => dialog.close());
  button(words.apply, 'submit');
  name.append(input);
  form.append(name, help, buttons);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = take(input.value.trim());
    if (wrong === null) dialog.close();
    else help.textContent = wrong;
  });
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  input.select();
}
