import { drawHistory, drawProfile } from './charts.js';
import { bindControls } from './controls.js';
import { sayDamaged } from './damaged.js';
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

/** Resolves when what has been changed so far is on the screen; a page in the background has no frames and is not waited for. */
function painted() {
  const frame = new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return Promise.race([frame, new Promise((done) => setTimeout(done, 1000))]);
}

/** @param why  'cannot be shown in this browser' or 'is damaged in this file' */
function sayWhy(view, why, error) {
  console.warn(error);
  const words = document.createElement('p');
  words.className = 'waiting';
  words.textContent = `The three-dimensional model ${why} (${error.message}). Charts and figures are complete without it.`;
  view.replaceChildren(words);
  document.getElementById('controls').hidden = true;
  document.documentElement.dataset.firstPictureMs = 'none';
}

async function show() {
  const view = document.getElementById('view');
  let page;
  try {
    page = makePage(readData());
  } catch (error) {
    sayDamaged(error, 'its figures', ['view', 'controls', 'legends', 'readout', 'profile', 'history']);
    return;
  }
  downloads(page);
  let why = 'is damaged in this file';
  try {
    const buffer = await unpack(page.data.model.packed);
    why = 'cannot be shown in this browser';
    bindControls(page, new Model(page, view, buffer));
    await painted();
    document.documentElement.dataset.firstPictureMs = Math.round(performance.now());
  } catch (error) {
    sayWhy(view, why, error);
  }
  drawProfile(page, document.getElementById('profile'));
  drawHistory(page, document.getElementById('history'));
  document.documentElement.dataset.ready = 'true';
}

show();
