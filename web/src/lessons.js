// Guided questions, each about a claim of the article (scenarios/claims). Each sets A and B apart in one thing, as far as the table has it.

const key = (ending) => (input) => input.key === ending || input.key.startsWith(`${ending}_`);

/** Value of an input nearest to a wish: a share of its range, or one of its words. */
function pick(input, wish) {
  if (input.words) return input.levels.find((level) => input.words[level] === wish);
  return input.low + wish * (input.high - input.low);
}

export const lessons = [
  {
    claim: 'C9',
    says: 'A softer roller and less weight are safer',
    question: 'Is half the pressure half the load on the nerve?',
    input: (i) => i.key.startsWith('load.'),
    half: true,
    look: 'Compare the two curves under the roller, then halve the load once more. Does the place of the largest pressure move?',
    background: 'Mild pressure is often advised. Of all that can be changed, how hard one presses acts most directly.',
  },
  {
    claim: 'C8',
    says: 'Shifting the weight off the tender spot spares the nerve',
    question: 'Does it help to shift the weight off the tender spot?',
    input: (i) => key('roller.lateral_offset')(i) || key('roller.position')(i),
    a: 0, b: 0.6,
    look: 'Move the roller of B on in small steps. Where does the level change?',
    background: 'The nerve runs deep below the buttock and nearer to the skin in the thigh: a few centimetres change what lies between roller and nerve.',
  },
  {
    claim: 'C4',
    says: 'A hard roller loads the nerve more than a soft one',
    question: 'Is a hard roller worse than a soft one?',
    input: (i) => key('roller.kind')(i) || key('roller.foam_modulus')(i),
    a: 'hard', b: 'soft', a0: 1, b0: 0,
    look: 'Compare at a light and at a strong load. How much of the difference is left at the depth of the nerve?',
    background: 'On the skin a rigid roller has about half as much pressure again (Curran and others 2008); tissue evens much of that out on the way down.',
  },
  {
    claim: 'C5',
    says: 'Rolling the back of the thigh with a straight leg stretches the nerve',
    question: 'What does a straight leg add?',
    input: key('pose.knee_flexion'),
    a: 0, b: 1,
    look: 'Look at the lower chart, the stretch, not only at the pressure. Which of the two decides the verdict?',
    background: 'With hip bent and knee straight the nerve is taut before any roller touches; a bent knee gives it slack (Robinson and Probyn 2019).',
  },
  {
    claim: 'C10',
    says: 'An inflamed nerve is more sensitive to the same load',
    question: 'Does an inflamed nerve bear less?',
    input: key('condition.kind'),
    a: 'healthy', b: 'piriformis_syndrome',
    look: 'The curves are much alike; the verdicts are not. Which lines have moved?',
    background: 'Inflamed fibres answer to loads that a healthy nerve does not notice (Dilley and others 2005). The levels fall; a swollen piriformis also presses a little by itself.',
  },
];

/** The two values that a question wants, or null where the table does not vary what it is about. */
export function settingsOf(lesson, inputs) {
  const index = inputs.findIndex(lesson.input);
  if (index < 0) return null;
  const input = inputs[index];
  if (lesson.half) return input.high > 0 && input.low < input.high ? { index, a: input.high, b: Math.max(input.low, 0.5 * input.high) } : null;
  const [a, b] = input.words ? [pick(input, lesson.a), pick(input, lesson.b)] : [pick(input, lesson.a0 ?? lesson.a), pick(input, lesson.b0 ?? lesson.b)];
  if (a === undefined || b === undefined || a === b) return null;
  return { index, a, b };
}
