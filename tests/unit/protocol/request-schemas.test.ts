import * as v from 'valibot';
import { expect, it } from 'vitest';
import { captureMessageSchemas } from '../../../src/protocol/capture-message-schemas';
import { fileRequestSchemas } from '../../../src/protocol/file-request-schemas';
import { offscreenRequestSchemas } from '../../../src/protocol/offscreen-request-schemas';
import { watchMessageSchemas } from '../../../src/protocol/watch-message-schemas';
import { workerRequestSchemas } from '../../../src/protocol/worker-request-schemas';

const schemas: Record<string, () => v.GenericSchema> = {
  ...workerRequestSchemas,
  ...captureMessageSchemas,
  ...fileRequestSchemas,
  ...offscreenRequestSchemas,
  ...watchMessageSchemas,
};

/** They are made when a request comes: one that cannot be made would not be noticed before. */
it.each(Object.entries(schemas))('the schema of “%s” can be made, and takes nothing but what is sent with it', (_, make) => {
  for (const sent of ['lamp', 7, [], { lamp: make }]) {
    const { success, output } = v.safeParse(make(), sent);
    // What all of is optional leaves out what it does not know.
    expect(success ? output : {}).toEqual({});
  }
});
