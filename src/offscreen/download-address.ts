import { ProblemError } from '../core/problem';
import { type ExchangedFile, openExchangedFile } from '../protocol/exchanged-files';

const addresses = new Map<ExchangedFile, string>();

/** An address of a file that was made, which the browser can download; good while this document is open. The worker has no way to make one. */
export async function downloadAddress(file: ExchangedFile): Promise<string> {
  const known = addresses.get(file);
  if (known) return known;
  const made = await openExchangedFile(file);
  if (!made) throw new ProblemError({ code: 'not-found' });
  const address = URL.createObjectURL(made);
  addresses.set(file, address);
  return address;
}
