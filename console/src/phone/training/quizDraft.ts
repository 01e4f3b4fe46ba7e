// What she has chosen so far, so that a reload or a call in between loses nothing. It lies in this tab and goes with it.
import type { QuizAttempt } from '../../api';

const PREFIX = 'fugong.m.quiz.';

export function keptAnswers(attempt: QuizAttempt): number[][] {
  const none = attempt.questions.map((): number[] => []);
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + attempt.id) ?? 'null');
    if (!Array.isArray(kept) || kept.length !== none.length) return none;
    return attempt.questions.map((it, at) => {
      const row: unknown = kept[at];
      return Array.isArray(row) ? row.filter((option): option is number => typeof option === 'number' && option >= 0 && option < it.options.length) : [];
    });
  } catch {
    return none;
  }
}

export function keepAnswers(attempt: string, answers: number[][]): void {
  try {
    sessionStorage.setItem(PREFIX + attempt, JSON.stringify(answers));
  } catch {
    // A full or closed store only costs what a reload would have kept.
  }
}
