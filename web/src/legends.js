import { css, evenCss, levelColours } from './colours.js';
import { governingStation, nerveTop } from './scale.js';
import { figure, levelName } from './words.js';

const svgNames = 'http://www.w3.org/2000/svg';

function element(name, attributes, text) {
  const e = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  if (text !== undefined) e.textContent = text;
  return e;
}

function roundStep(top) {
  const power = 10 ** Math.floor(Math.log10(top / 4));
  return [1, 2, 5, 10].map((m) => m * power).find((s) => top / s <= 5);
}

/** A horizontal bar of the even colours with ticks below and named marks above. */
function bar(title, unit, top, marks) {
  const width = 420, left = 8, length = width - 2 * left;
  const svg = element('svg', { viewBox: `0 0 ${width} 62`, role: 'img' });
  const said = marks.map((m) => `${m.name} at ${figure(m.value)}`).join(', ');
  svg.setAttribute('aria-label', `Colours of ${title}: dark blue is 0, yellow is ${figure(top)} ${unit}. ${said}`);
  const pieces = 84;
  for (let i = 0; i < pieces; ++i)
    svg.append(element('rect', { x: left + (length * i) / pieces, y: 18, width: length / pieces + 0.6, height: 14, fill: evenCss((i + 0.5) / pieces) }));
  const step = roundStep(top);
  for (let v = 0; v <= top * 1.0001; v += step) {
    const x = left + (length * v) / top;
    svg.append(element('line', { class: 'mark', x1: x, x2: x, y1: 32, y2: 37 }));
    svg.append(element('text', { x, y: 49, 'text-anchor': x < 20 ? 'start' : x > width - 20 ? 'end' : 'middle' }, figure(v, step < 1 ? 1 : 0)));
  }
  let free = -1e9;
  for (const m of marks) {
    if (m.value > top) continue;
    const x = left + (length * m.value) / top;
    svg.append(element('line', { class: 'mark', x1: x, x2: x, y1: 14, y2: 32 }));
    const half = 3.2 * m.name.length;
    const at = Math.min(width - half, Math.max(half, x, free + half));
    free = at + half + 6;
    svg.append(element('text', { x: at, y: 10, 'text-anchor': 'middle' }, m.name));
  }
  return svg;
}

function swatches(entries) {
  const list = document.createElement('ul');
  list.className = 'swatches';
  for (const [colour, words] of entries) {
    const item = document.createElement('li');
    const square = document.createElement('i');
    square.style.background = colour;
    item.append(square, words);
    list.append(item);
  }
  return list;
}

function legend(title, content) {
  const box = document.createElement('div');
  box.className = 'legend';
  const head = document.createElement('div');
  head.textContent = title;
  box.append(head, content);
  return box;
}

function nerveMarks(data, field) {
  const column = data.stations.column[governingStation(data)];
  const figures = data.levels.slice(0, 3).map((l) => ({ name: l.name, ...l[column] }));
  const caution = figures[0];
  const value = {
    compression_kPa: (f) => f.compression_kPa,
    strain_percent: (f) => f.strain_percent,
    compression_utilisation: (f) => f.compression_kPa / caution.compression_kPa,
    tension_utilisation: (f) => f.strain_percent / caution.strain_percent,
  }[field];
  return figures.map((f) => ({ name: f.name, value: value(f) }));
}

export function drawLegends(into, page, model, nerveFields) {
  const { data, state } = page;
  const nerve = nerveFields.find((f) => f.name === state.nerveField);
  const ofNerve = state.nerveField === 'level'
    ? swatches(levelColours.map((c, k) => [css(c), `${k} ${levelName(data, k)}`]))
    : bar(nerve.title, nerve.unit, nerveTop(data, state.nerveField), nerveMarks(data, state.nerveField));
  const field = model.tissueField();
  const shown = state.cut > 0 ? model.cuts[state.cut - 1] : model.skin;
  const regions = [...new Set(shown.region)].sort((a, b) => a - b);
  const ofTissue = field ? bar(field.title, field.unit, field.top, []) : swatches(regions.map((r) => [css(data.model.colours[r]), data.model.words[r] ?? `region ${r}`]));
  into.replaceChildren(
    legend(`Nerve: ${nerve.title}${nerve.unit && nerve.unit !== '×' ? ` (${nerve.unit})` : ''}`, ofNerve),
    legend(`Tissue: ${field ? `${field.title} (${field.unit})` : 'what it is'}`, ofTissue),
  );
}
