/** What a file's name says as words: without its ending, and without the marks that stand for spaces. */
export function titleFromFileName(fileName: string): string {
  const name = fileName.replace(/\.[a-z0-9]{1,9}$/i, '');
  const words = /\s/.test(name) ? name : name.replace(/[_+]+/g, ' ');
  return words.trim() || fileName;
}
