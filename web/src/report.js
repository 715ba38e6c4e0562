import { drawHistory, drawProfile } from './charts.js';
import { bindControls } from './controls.js';
import { readData, unpack } from './data.js';
import { downloads } from './downloads.js';
import { Model } from './model.js';

/** What all parts of the page share: the data, what is shown now, and who wants to know when that changes. */
function makePage(data) {
  const listeners = [];
  const state = { frame: data.governing, cut: 0, tissueField: 'region', nerveField: 'compression_utilisation', station: null, told: '' };
  return {
    data,
    state,
    listen: (listener) => listeners.push(listener),
    set: (changes) => {
      Object.assign(state, changes);
      for (const listener of listeners) listener(changes);
    },
  };
}

function sayWhy(view, error) {
  console.warn(error);
  const words = document.createElement('p');
  words.className = 'waiting';
  words.textContent = `The three-dimensional model cannot be shown in this browser (${error.message}). Charts and figures are complete without it.`;
  view.replaceChildren(words);
  document.getElementById('controls').hidden = true;
  document.documentElement.dataset.firstPictureMs = 'none';
}

async function show() {
  const page = makePage(readData());
  const view = document.getElementById('view');
  downloads(page);
  try {
    const model = new Model(page, view, await unpack(page.data.model.packed));
    bindControls(page, model);
    document.documentElement.dataset.firstPictureMs = Math.round(performance.now());
  } catch (error) {
    sayWhy(view, error);
  }
  drawProfile(page, document.getElementById('profile'));
  drawHistory(page, document.getElementById('history'));
  document.documentElement.dataset.ready = 'true';
}

show();
