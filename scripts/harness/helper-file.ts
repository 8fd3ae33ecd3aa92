/** The file of a thread that the laboratory's page can start with `new Worker`: it calls the exports as the laboratory's worker does. */
export const helperFile = 'helper.js';
