/** How many answers are kept for one subject: those of the choices in use and of the one before. */
const keptAnswers = 4;

/**
 * A pure function of something that never changes and of a question, which gives the answer it gave before where the same
 * is asked again. Answers are kept as long as their subject is, so that a run after another one on the same volume does
 * not repeat what depends on no mark.
 *
 * @param keyOf tells questions apart: equal keys must mean equal answers
 */
export function remembering<Subject extends object, Question, Answer>(
  compute: (subject: Subject, question: Question) => Answer,
  keyOf: (question: Question) => string | number,
): (subject: Subject, question: Question) => Answer {
  const bySubject = new WeakMap<Subject, Map<string | number, { readonly answer: Answer }>>();
  return (subject, question) => {
    const answers = bySubject.get(subject) ?? new Map<string | number, { readonly answer: Answer }>();
    bySubject.set(subject, answers);
    const key = keyOf(question);
    const known = answers.get(key);
    if (known !== undefined) return known.answer;
    const answer = compute(subject, question);
    const [oldest] = answers.keys();
    if (answers.size >= keptAnswers && oldest !== undefined) answers.delete(oldest);
    answers.set(key, { answer });
    return answer;
  };
}
