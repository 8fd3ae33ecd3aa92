import { describe, expect, it } from 'vitest';
import { conversationSubject, namesItsSubject } from '../../../../src/core/conversation/conversation-subject';

describe('what a conversation is about', () => {
  const cordouan = 'When was the lamp of Cordouan lit?';

  it('is in its last question when that names it', () => {
    expect(conversationSubject(['How long does dough rest?', cordouan])).toBe(cordouan);
  });

  it('is further back when the last question leans on the one before', () => {
    expect(conversationSubject(['How long does dough rest?', cordouan, 'Who designed it?', 'And why?'])).toBe(
      `${cordouan} Who designed it? And why?`,
    );
  });

  it('is not looked for without end', () => {
    expect(conversationSubject([cordouan, 'And why?', 'How?', 'Since when?', 'By whom?'])).toBe('And why? How? Since when? By whom?');
  });

  it('is nothing when nothing was asked', () => {
    expect(conversationSubject([])).toBe('');
  });

  it.each([
    'Who built Eddystone?',
    'Что написал Пушкин?',
    'what happened in 1823?',
    'what is “sourdough”?',
    'which of the many different kinds of yeast are used?',
    '東京タワーはいつどこで誰が何のために建てましたか',
  ])('is named by itself: %s', (question) => expect(namesItsSubject(question)).toBe(true));

  it.each(['Who designed it?', 'And why?', 'Und warum?', 'Quand ?', 'А почему?', '誰が作りましたか', 'وأين؟', 'I see, and then?'])(
    'is left to what was said before: %s',
    (question) => expect(namesItsSubject(question)).toBe(false),
  );
});
