// The app's switches that Meta keeps in its dashboard.
import type { Durable } from '../../../durable.ts';

export interface Settings {
  isProofRequired(): boolean;
  requireProof(required: boolean): void;
}

export function openSettings(durable: Durable): Settings {
  const switches = durable.map<boolean>('settings');
  return {
    isProofRequired: () => switches.get('appSecretProofRequired') ?? false,
    requireProof: (required) => switches.set('appSecretProofRequired', required),
  };
}
