// Reads the fields of a form, and of the one form that sends a file the file's text as a field.
import type { HttpRequest } from '../../lambdas/adapters/aws/http-request.ts';

/** A file that is no UTF-8 text is told apart by a field `<name>Broken`; what is no form at all has no fields. */
export async function readForm(
  request: Pick<HttpRequest, 'body' | 'headers'>,
  hasFile: boolean,
): Promise<URLSearchParams> {
  const type = request.headers['content-type'] ?? '';
  if (!hasFile || !type.startsWith('multipart/form-data'))
    return new URLSearchParams(request.body.toString('utf8'));
  const fields = new URLSearchParams();
  for (const [name, value] of await entriesOf(request.body, type)) {
    if (typeof value === 'string') fields.append(name, value);
    else await appendFile(fields, name, value);
  }
  return fields;
}

async function entriesOf(body: Buffer, type: string) {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData();
    return [...form.entries()];
  } catch {
    return [];
  }
}

async function appendFile(fields: URLSearchParams, name: string, file: Blob): Promise<void> {
  const bytes = await file.arrayBuffer();
  try {
    fields.append(name, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    fields.append(`${name}Broken`, 'yes');
  }
}
