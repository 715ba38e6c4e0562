import { chart, levelDash, span } from './charts.js';
import { sayDamaged } from './damaged.js';
import { readData } from './data.js';
import { blended, Interpolation } from './interpolate.js';
import { lessons, settingsOf } from './lessons.js';
import { figure, levelName, placeWords } from './words.js';

function readOrSay() {
  try {
    return readData();
  } catch (error) {
    sayDamaged(error, 'its table of points', ['settings', 'chart-title', 'lesson-title']);
    throw error;
  }
}

const data = readOrSay();
const interpolation = new Interpolation(data);
const sides = { A: middle(), B: middle() };
const listeners = [];
const page = { listen: (listener) => listeners.push(listener) };
const colours = { A: '--link', B: '--level-3' };

/** A computed point in the middle to begin with. */
function middle() {
  const wish = data.inputs.map((i) => (i.words ? i.levels[0] : 0.5 * (i.low + i.high)));
  return [...(interpolation.nearest(wish).point?.x ?? wish)];
}

function valueWords(input, value) {
  if (input.words) return input.words[value].replaceAll('_', ' ');
  const step = (input.high - input.low) / 100;
  return `${figure(value, step >= 0.2 ? 0 : step >= 0.02 ? 1 : 2)}${input.unit === '°' ? '' : ' '}${input.unit}`;
}

function pointWords(point) {
  return data.inputs.map((input, i) => `${input.title} ${valueWords(input, point.x[i])}`).join(', ');
}

/** The level that a blended profile reaches, and the station and measure that come nearest to (or farthest beyond) it. */
function verdictOf(parts, compression, strain) {
  const heaviest = parts.reduce((a, b) => (b.weight > a.weight ? b : a)).point;
  const columns = data.columns[heaviest.column];
  const shares = data.stations.flatMap((at, i) => data.levels.flatMap((l) => {
    const limits = l[columns[i]];
    const measures = [['pressure', compression[i], limits.compression_kPa], ['stretch', strain[i], limits.strain_percent]];
    return measures.filter(([, value, limit]) => value !== null && limit !== null).map(([by, value, limit]) => ({ at, by, level: l.level, share: value / limit }));
  }));
  const level = Math.max(0, ...shares.filter((s) => s.share >= 1).map((s) => s.level));
  const decisive = shares.filter((s) => s.level === Math.max(1, level)).reduce((a, b) => (b.share > a.share ? b : a));
  return { level, at: decisive.at, by: decisive.by, nearest: decisive.share };
}

function answer(x) {
  const found = interpolation.at(x);
  if (!found.parts) return found;
  const compression = blended(found.parts, (p) => p.compression_kPa), strain = blended(found.parts, (p) => p.strain_percent);
  return { ...found, compression, strain, verdict: verdictOf(found.parts, compression, strain) };
}

const answers = {};

function refresh() {
  for (const name of ['A', 'B']) {
    answers[name] = answer(sides[name]);
    tell(name);
  }
  for (const listener of listeners) listener({ frame: true });
}

function tell(name) {
  const a = answers[name], box = document.getElementById(`told-${name}`);
  const lines = [];
  if (a.parts) {
    const { level, at, by, nearest } = a.verdict;
    const largest = Math.max(...a.compression.filter((v) => v !== null)), stretch = Math.max(...a.strain.filter((v) => v !== null));
    lines.push(['verdict', `Level ${level}: ${levelName(data, level)}`, level]);
    lines.push(['', `By ${by}, ${placeWords(at)} (${figure(100 * nearest, 0)} % of ${level ? 'that level' : 'the caution level'}). Nerve pressed by ${figure(largest)} kPa, stretched by ${figure(stretch)} %.`]);
  } else lines.push(['verdict', 'Nothing is computed around this setting', '']);
  if (a.nearest) {
    const near = a.distance < 1e-9 ? 'This is a computed point.' : `Nearest computed point: ${pointWords(a.nearest)} (${figure(100 * a.distance, 0)} % of the ranges away).`;
    lines.push(['near', near]);
  }
  box.replaceChildren(...lines.map(([kind, text, level]) => {
    const p = document.createElement('p');
    p.textContent = text;
    if (kind) p.className = kind;
    if (level !== undefined) p.dataset.level = level;
    return p;
  }));
}

function controlsOf(name) {
  const form = document.createElement('form');
  form.className = 'side';
  form.setAttribute('aria-label', `Setting ${name}`);
  const head = document.createElement('h3');
  head.textContent = `Setting ${name}`;
  head.style.color = `var(${colours[name]})`;
  form.append(head);
  data.inputs.forEach((input, i) => {
    const label = document.createElement('label'), value = document.createElement('output');
    const id = `${name}-${i}`;
    label.htmlFor = id;
    value.htmlFor = id;
    label.append(`${input.title} `, value);
    let control;
    if (input.words) {
      control = document.createElement('select');
      input.levels.forEach((level) => control.add(new Option(input.words[level].replaceAll('_', ' '), level)));
    } else {
      control = document.createElement('input');
      Object.assign(control, { type: 'range', min: input.low, max: input.high, step: 'any' });
    }
    control.id = id;
    control.addEventListener('input', () => {
      sides[name][i] = Number(control.value);
      show();
      refresh();
    });
    const show = () => {
      control.value = sides[name][i];
      value.textContent = input.words ? '' : valueWords(input, sides[name][i]);
      if (!input.words) control.setAttribute('aria-valuetext', valueWords(input, sides[name][i]));
    };
    listeners.push(show);
    form.append(label, control);
  });
  const told = document.createElement('div');
  told.id = `told-${name}`;
  told.className = 'answer';
  told.setAttribute('role', 'status');
  const jump = document.createElement('button');
  jump.type = 'button';
  jump.textContent = 'Go to the nearest computed point';
  jump.addEventListener('click', () => { sides[name] = [...answers[name].nearest.x]; refresh(); });
  form.append(told, jump);
  return form;
}

function drawChart(title, yLabel, listName, figureName, least) {
  chart(page, document.getElementById('charts'), () => {
    const curves = [];
    for (const name of ['A', 'B'])
      if (answers[name].parts) curves.push({ name: `setting ${name}`, y: answers[name][listName], colour: colours[name], width: 3, dash: name === 'B' ? [12, 5] : undefined });
    const columns = data.columns[(answers.A.nearest ?? data.points[0]).column];
    const levels = data.levels.slice(0, 3).map((l, k) => ({ name: `${l.name} level (A)`, y: columns.map((c) => l[c][figureName]), colour: `--level-${k + 1}`, dash: levelDash[k], width: 1.5 }));
    const range = span(curves.map((c) => c.y), levels.map((l) => l.y), least);
    return {
      title, yLabel, x: data.stations, range, redraws: true,
      xLabel: 'place along the nerve (mm)',
      xRange: [data.stations[0], data.stations.at(-1)],
      curves: [...curves, ...levels.filter((l) => l.y.some((v) => v !== null && v < range[1]))],
      summary: ['A', 'B'].filter((n) => answers[n].parts).map((n) => `Setting ${n} has at most ${figure(Math.max(...answers[n][listName].filter((v) => v !== null)))} ${yLabel}.`).join(' '),
      words: (i) => `${placeWords(data.stations[i])}: ${['A', 'B'].filter((n) => answers[n].parts).map((n) => `${n} ${figure(answers[n][listName][i])} ${yLabel}`).join(', ')}`,
      chosen: () => null,
    };
  });
}

function drawLessons() {
  const list = document.createElement('ol');
  for (const lesson of lessons) {
    const item = document.createElement('li'), question = document.createElement('p'), claim = document.createElement('p'), look = document.createElement('p'), background = document.createElement('p');
    question.className = 'question';
    question.textContent = lesson.question;
    claim.textContent = `The article says: “${lesson.says}.” (claim ${lesson.claim})`;
    look.textContent = lesson.look;
    background.textContent = lesson.background;
    background.className = 'background';
    const wish = settingsOf(lesson, data.inputs);
    if (wish) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `Set A to ${valueWords(data.inputs[wish.index], wish.a)} and B to ${valueWords(data.inputs[wish.index], wish.b)} (${data.inputs[wish.index].title})`;
      button.addEventListener('click', () => {
        sides.B = [...sides.A];
        sides.A[wish.index] = wish.a;
        sides.B[wish.index] = wish.b;
        refresh();
        document.getElementById('settings').scrollIntoView();
      });
      item.append(question, claim, button, look, background);
    } else {
      const missing = document.createElement('p');
      missing.textContent = 'This table does not vary what the question is about.';
      item.append(question, claim, missing, background);
    }
    list.append(item);
  }
  document.getElementById('lessons').append(list);
}

document.getElementById('sides').append(controlsOf('A'), controlsOf('B'));
document.getElementById('same').addEventListener('click', () => { sides.B = [...sides.A]; refresh(); });
document.getElementById('swap').addEventListener('click', () => { [sides.A, sides.B] = [sides.B, sides.A]; refresh(); });
refresh();
drawChart('Pressure on the nerve', 'kPa', 'compression', 'compression_kPa');
drawChart('Stretch of the nerve', '%', 'strain', 'strain_percent', -5);
drawLessons();
refresh();
document.documentElement.dataset.ready = 'true';
