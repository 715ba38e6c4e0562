import { drawLegends } from './legends.js';
import { figure, stateWords } from './words.js';

export const nerveFields = [
  { name: 'compression_utilisation', title: 'pressure, in multiples of the caution level', short: 'pressure, × caution level', unit: '×' },
  { name: 'compression_kPa', title: 'pressure', unit: 'kPa' },
  { name: 'tension_utilisation', title: 'stretch, in multiples of the caution level', short: 'stretch, × caution level', unit: '×' },
  { name: 'strain_percent', title: 'stretch beyond rest', unit: '%' },
  { name: 'level', title: 'level that is reached', unit: '' },
];

function cutWords(cut) {
  if (!cut) return 'none, the whole leg';
  const mm = cut.packed.cut_mm;
  return mm === 0 ? 'through the nerve' : `${figure(Math.abs(mm), 0)} mm to the ${mm > 0 ? 'outer' : 'inner'} side of the nerve`;
}

function options(select, entries) {
  for (const [value, text] of entries) select.add(new Option(text, value));
}

const keys = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', '+': 'nearer', '=': 'nearer', '-': 'farther' };

export function bindControls(page, model) {
  const { data, state, set, listen } = page;
  const byId = (id) => document.getElementById(id);
  const [step, cut, tissue, nerve] = ['step', 'cut', 'tissue-field', 'nerve-field'].map(byId);
  step.max = data.frames.length - 1;
  step.value = state.frame;
  cut.max = model.cuts.length;
  const through = model.cuts.findIndex((c) => c.packed.cut_mm === 0);
  cut.value = through + 1;
  options(tissue, [['region', 'what it is'], ...model.fields.map((f) => [f.name, `${f.title} (${f.unit})`])]);
  options(nerve, nerveFields.map((f) => [f.name, f.short ?? f.title]));
  step.addEventListener('input', () => set({ frame: Number(step.value) }));
  cut.addEventListener('input', () => set({ cut: Number(cut.value) }));
  tissue.addEventListener('input', () => set({ tissueField: tissue.value }));
  nerve.addEventListener('input', () => set({ nerveField: nerve.value }));
  for (const part of ['tissue', 'bones', 'roller', 'thick']) {
    const box = byId(`show-${part}`);
    if (part === 'roller' && !model.roller) box.closest('label').hidden = true;
    box.addEventListener('change', () => set({ [part]: box.checked }));
  }
  for (const button of document.querySelectorAll('[data-look]')) button.addEventListener('click', () => { model.look(button.dataset.look); model.render(); });
  for (const button of document.querySelectorAll('[data-turn]')) button.addEventListener('click', () => model.turn(button.dataset.turn));
  byId('view').addEventListener('keydown', (event) => {
    if (event.key === 'Home') model.look('outside');
    else if (keys[event.key]) model.turn(keys[event.key]);
    else return;
    event.preventDefault();
  });

  function tell(changes) {
    step.value = state.frame;
    const words = stateWords(data.frames[state.frame]);
    byId('step-words').textContent = `${state.frame + 1} of ${data.frames.length}: ${words}`;
    const shown = state.cut > 0 ? model.cuts[state.cut - 1] : null;
    byId('cut-words').textContent = cutWords(shown);
    step.setAttribute('aria-valuetext', byId('step-words').textContent);
    cut.setAttribute('aria-valuetext', cutWords(shown));
    byId('view-state').textContent = `Shown: ${words}. Cut: ${cutWords(shown)}. Nerve coloured by ${nerveFields.find((f) => f.name === state.nerveField).title}.`;
    if (changes.told !== undefined) byId('readout').textContent = changes.told;
    if ('tissueField' in changes || 'nerveField' in changes || 'cut' in changes) drawLegends(byId('legends'), page, model, nerveFields);
  }
  listen(tell);
  set({ cut: through + 1, tissueField: 'region' });
}
