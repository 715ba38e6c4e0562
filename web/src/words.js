// Figures in plain words.

/** At most `digits` after the point, with a true minus. */
export function figure(value, digits = 1) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

export function placeWords(mm) {
  if (Math.abs(mm) < 0.5) return 'level with the sitting bone';
  return `${Math.abs(mm).toFixed(0)} mm ${mm > 0 ? 'below' : 'above'} the sitting bone`;
}

const phases = { reference: 'nothing presses yet', pose: 'the posture alone', press: 'the roller presses', stroke: 'the roller rolls', hold: 'the load is held' };

/** A frame or row of the history in words. */
export function stateWords(row) {
  let text = phases[row.phase] ?? row.phase;
  if (row.force_N > 0) text += ` with ${figure(row.force_N, 0)} N, ${figure(row.indentation_mm, 0)} mm in`;
  if (row.phase === 'stroke' || row.phase === 'hold') text += `, after ${figure(row.time_s, 0)} s`;
  return text;
}

export function levelName(data, level) {
  return level === 0 ? 'below notice' : data.levels.find((l) => l.level === level)?.name ?? `level ${level}`;
}

/** What the nerve bears at a station of a frame. */
export function stationWords(data, frame, station) {
  const nerve = data.frames[frame].nerve;
  let text = `Nerve, ${placeWords(data.stations.arc_length_mm[station])}: `;
  const pressure = nerve.compression_kPa[station];
  if (pressure !== null) {
    text += `pressed by ${figure(pressure)} kPa (${figure(pressure / 0.133322, 0)} mmHg), ${figure(100 * nerve.compression_utilisation[station], 0)} % of the caution level; `;
  }
  text += `stretched by ${figure(nerve.strain_percent[station])} %, ${figure(100 * nerve.tension_utilisation[station], 0)} % of the caution level`;
  return `${text}. Level ${nerve.level[station]}: ${levelName(data, nerve.level[station])}.`;
}
