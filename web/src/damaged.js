/** Says at the top of a page that its data cannot be read, and hides what would stay empty. */
export function sayDamaged(error, what, empty) {
  const words = document.createElement('p');
  words.className = 'notice';
  words.setAttribute('role', 'alert');
  words.textContent = `This file is damaged or was cut off on its way: ${what} cannot be read (${error.message}). Ask for the file again, or build it anew with "nerveload report FOLDER".`;
  document.querySelector('main').prepend(words);
  for (const id of empty) document.getElementById(id).hidden = true;
  document.documentElement.dataset.ready = 'damaged';
}
