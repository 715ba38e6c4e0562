function save(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A name for a file: letters and digits of the run's name. */
function fileName(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'nerveload';
}

function profileCsv(data, frame) {
  const nerve = data.frames[frame].nerve;
  const names = Object.keys(nerve);
  const rows = data.stations.arc_length_mm.map((s, i) => [s, ...names.map((n) => nerve[n][i] ?? '')].join(','));
  return `${['arc_length_mm', ...names].join(',')}\n${rows.join('\n')}\n`;
}

export function downloads({ data, state }) {
  const name = fileName(data.name);
  const scenario = document.getElementById('scenario');
  document.getElementById('download-scenario').addEventListener('click', () => save(`${name}.toml`, 'application/toml', scenario.textContent));
  document.getElementById('download-profile').addEventListener('click', () =>
    save(`${name}_nerve_step_${data.frames[state.frame].step}.csv`, 'text/csv', profileCsv(data, state.frame)));
}
