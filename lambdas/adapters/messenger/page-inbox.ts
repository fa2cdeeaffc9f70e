// The app through which the people of a Page answer: Meta's own inbox.

/** The same behind every Page (Messenger Platform, conversation routing). */
export const pageInboxAppId = '263902037430900';
