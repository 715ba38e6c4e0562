/** Upper end of the nerve's colour scale: the largest value of all steps, and never less than the irritation level. */
export function nerveTop(data, field) {
  let top = 0;
  for (const frame of data.frames) for (const v of frame.nerve[field]) top = Math.max(top, v ?? 0);
  const column = data.stations.column[governingStation(data)];
  const irritation = data.levels.find((l) => l.level === 2)[column];
  const caution = data.levels.find((l) => l.level === 1)[column];
  const least = {
    compression_kPa: irritation.compression_kPa,
    strain_percent: irritation.strain_percent,
    compression_utilisation: irritation.compression_kPa / caution.compression_kPa,
    tension_utilisation: irritation.strain_percent / caution.strain_percent,
  }[field];
  return 1.05 * Math.max(top, least);
}

export function governingStation(data) {
  const at = data.governing_station_mm ?? 0;
  const s = data.stations.arc_length_mm;
  let best = 0;
  for (let i = 0; i < s.length; ++i) if (Math.abs(s[i] - at) < Math.abs(s[best] - at)) best = i;
  return best;
}
