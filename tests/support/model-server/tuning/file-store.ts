import { randomUUID } from 'node:crypto';
import { ApiError } from '../api-error';
import type { RecordedRequest } from '../record-request';
import type { Reply } from '../reply';
import { faultOfLines } from './training-data';

interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly bytes: Buffer;
  readonly createdAtSeconds: number;
}

interface Upload {
  readonly id: string;
  readonly filename: string;
  readonly bytes: number;
  readonly createdAtSeconds: number;
  readonly parts: Map<string, Buffer>;
  status: 'pending' | 'completed' | 'expired' | 'cancelled';
  file?: StoredFile;
}

const mostPartBytes = 64 * 2 ** 20;
const uploadSeconds = 3_600;

/** The files of the account: sent whole or in parts, and those that jobs leave. */
export class FileStore {
  readonly files = new Map<string, StoredFile>();
  readonly uploads = new Map<string, Upload>();

  /** Has all uploads that are not complete expire, as after an hour. */
  expireUploads(): void {
    for (const upload of this.uploads.values()) if (upload.status === 'pending') upload.status = 'expired';
  }

  add(name: string, purpose: string, bytes: Buffer): string {
    const file = { id: `file-${randomUUID().replaceAll('-', '').slice(0, 22)}`, name, purpose, bytes, createdAtSeconds: now() };
    this.files.set(file.id, file);
    return file.id;
  }

  /** Answers what is asked of files and uploads; `undefined` for what is about something else. @throws ApiError */
  async reply({ method, path, form, body }: RecordedRequest): Promise<Reply | undefined> {
    const [, kind, id = '', action] = path.split('/');
    if (kind === 'files') {
      if (method === 'POST' && !id) return json(await this.create(form));
      if (method === 'GET' && !id) return json({ object: 'list', data: [...this.files.values()].map(describe), has_more: false });
      const file = this.files.get(id) ?? noFile(id);
      if (method === 'GET' && !action) return json(describe(file));
      if (method === 'GET' && action === 'content') return { type: 'bytes', bytes: file.bytes };
      if (method === 'DELETE' && !action) {
        this.files.delete(id);
        return json({ id, object: 'file', deleted: true });
      }
    }
    if (kind === 'uploads' && method === 'POST') {
      if (!id) return json(this.begin(body as Record<string, unknown>));
      const upload = this.uploads.get(id);
      if (!upload) throw new ApiError(404, `No such upload: ${id}`, { param: 'upload_id' });
      if (upload.status !== 'pending') throw new ApiError(400, `Upload ${id} is ${upload.status}.`, { param: 'upload_id' });
      if (action === 'parts') return json(await this.addPart(upload, form));
      if (action === 'complete') return json(this.complete(upload, (body as { part_ids: string[] }).part_ids));
      if (action === 'cancel') {
        upload.status = 'cancelled';
        return json(describeUpload(upload));
      }
    }
    return undefined;
  }

  private async create(form: FormData | undefined): Promise<object> {
    const file = form?.get('file');
    const purpose = form?.get('purpose');
    if (!(file instanceof File)) throw new ApiError(400, "Missing required parameter: 'file'.", { param: 'file' });
    const bytes = Buffer.from(await file.arrayBuffer());
    return describe(this.keep(file.name, String(purpose), bytes));
  }

  private keep(name: string, purpose: string, bytes: Buffer): StoredFile {
    if (purpose === 'fine-tune') refuseUntrainable(name, bytes);
    return this.files.get(this.add(name, purpose, bytes)) as StoredFile;
  }

  private begin({ filename, bytes }: Record<string, unknown>): object {
    const upload: Upload = {
      id: `upload_${randomUUID().replaceAll('-', '')}`,
      filename: String(filename),
      bytes: Number(bytes),
      createdAtSeconds: now(),
      parts: new Map(),
      status: 'pending',
    };
    this.uploads.set(upload.id, upload);
    return describeUpload(upload);
  }

  private async addPart(upload: Upload, form: FormData | undefined): Promise<object> {
    const data = form?.get('data');
    if (!(data instanceof File)) throw new ApiError(400, "Missing required parameter: 'data'.", { param: 'data' });
    if (data.size > mostPartBytes) throw new ApiError(400, 'A part may have 64 MB at most.', { param: 'data' });
    const id = `part_${randomUUID().replaceAll('-', '')}`;
    upload.parts.set(id, Buffer.from(await data.arrayBuffer()));
    return { id, object: 'upload.part', created_at: now(), upload_id: upload.id };
  }

  private complete(upload: Upload, partIds: readonly string[]): object {
    const parts = partIds.map((id) => {
      const part = upload.parts.get(id);
      if (!part) throw new ApiError(400, `No such part: ${id}`, { param: 'part_ids' });
      return part;
    });
    const bytes = Buffer.concat(parts);
    if (bytes.length !== upload.bytes) {
      throw new ApiError(400, `The parts have ${bytes.length} bytes, and ${upload.bytes} were announced.`, { param: 'part_ids' });
    }
    upload.file = this.keep(upload.filename, 'fine-tune', bytes);
    upload.status = 'completed';
    upload.parts.clear();
    return describeUpload(upload);
  }
}

function refuseUntrainable(name: string, bytes: Buffer): void {
  const fault = name.endsWith('.jsonl') ? faultOfLines(bytes.toString('utf8')) : 'Files for fine-tuning must have the extension .jsonl.';
  if (fault) throw new ApiError(400, `Invalid file format. ${fault}`, { param: 'file', code: 'invalid_file_format' });
}

function noFile(id: string): never {
  throw new ApiError(404, `No such File object: ${id}`, { param: 'id' });
}

function describe({ id, name, purpose, bytes, createdAtSeconds }: StoredFile): object {
  return { id, object: 'file', bytes: bytes.length, created_at: createdAtSeconds, filename: name, purpose, status: 'processed' };
}

function describeUpload({ id, filename, bytes, createdAtSeconds, status, file }: Upload): object {
  const expires = createdAtSeconds + uploadSeconds;
  const common = { id, object: 'upload', bytes, created_at: createdAtSeconds, filename, purpose: 'fine-tune', status, expires_at: expires };
  return { ...common, file: file ? describe(file) : null };
}

function json(body: unknown): Reply {
  return { type: 'json', status: 200, body };
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}
