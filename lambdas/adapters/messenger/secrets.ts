// What the two Messenger secrets hold. Their values are never part of an error.
import * as z from 'zod/mini';

const secretText = z.string().check(z.minLength(1));

/** The current app secret first; during a rotation the previous one is still accepted from Meta. */
export const appSecretSchema = z.object({
  appSecrets: z.array(secretText).check(z.minLength(1)),
  verifyToken: secretText,
});

export type AppSecret = Readonly<z.output<typeof appSecretSchema>>;

/** A page access token for each Page that we answer for. */
export const pageSecretSchema = z.object({ tokens: z.record(z.string(), secretText) });
