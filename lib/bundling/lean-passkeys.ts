// An esbuild plugin that leaves out of SimpleWebAuthn what proves the make of a device: we ask for no such proof.
import { type Cut, leaveOut } from './leave-out.ts';

const webauthn = '@simplewebauthn/server/esm';

/** Each exports functions that are told a certificate, or a format that we did not ask for: such an answer is refused. */
const refusing: Readonly<Record<string, readonly string[]>> = {
  'registration/verifications/verifyAttestationFIDOU2F.js': ['verifyAttestationFIDOU2F'],
  'registration/verifications/verifyAttestationAndroidSafetyNet.js': [
    'verifyAttestationAndroidSafetyNet',
  ],
  'registration/verifications/verifyAttestationAndroidKey.js': ['verifyAttestationAndroidKey'],
  'registration/verifications/verifyAttestationApple.js': ['verifyAttestationApple'],
  'registration/verifications/tpm/verifyAttestationTPM.js': ['verifyAttestationTPM'],
  // What is left of "packed" is a key that signs for itself: browsers hand that on unasked.
  'helpers/getCertificateInfo.js': ['getCertificateInfo'],
  'helpers/validateCertificatePath.js': ['validateCertificatePath'],
  'helpers/validateExtFIDOGenCEAAGUID.js': ['validateExtFIDOGenCEAAGUID'],
  'helpers/convertX509PublicKeyToCOSE.js': ['convertX509PublicKeyToCOSE'],
  'helpers/isCertRevoked.js': ['isCertRevoked'],
  'helpers/mapX509SignatureAlgToCOSEAlg.js': ['mapX509SignatureAlgToCOSEAlg'],
  'metadata/verifyAttestationWithMetadata.js': ['verifyAttestationWithMetadata'],
  'metadata/verifyMDSBlob.js': ['verifyMDSBlob'],
};

const rootCertificates: Readonly<Record<string, readonly string[]>> = {
  'android-key': [1, 2, 3, 4].map((number) => `Google_Hardware_Attestation_Root_${number}`),
  'android-safetynet': ['GlobalSign_Root_CA'],
  apple: ['Apple_WebAuthn_Root_CA'],
  mds: ['GlobalSign_Root_CA_R3', 'GlobalSign_Root_R46'],
};

/** `SEQUENCE { INTEGER r, INTEGER s }` in DER: five packages would read just this. What it reads wrong verifies as nothing. */
const readEcdsaSignature = `function readEcdsaSignature(bytes) {
  let at = 0;
  const lengthOf = (tag) => {
    if (bytes[at] !== tag) throw new Error('This is no ECDSA signature.');
    const isLong = bytes[at + 1] === 0x81;
    const length = bytes[isLong ? at + 2 : at + 1];
    at += isLong ? 3 : 2;
    if (!(at + length <= bytes.length)) throw new Error('This ECDSA signature is cut off.');
    return length;
  };
  const integer = () => {
    const length = lengthOf(0x02);
    at += length;
    return bytes.slice(at - length, at);
  };
  if (lengthOf(0x30) !== bytes.length - at) throw new Error('This ECDSA signature has a tail.');
  return { r: integer(), s: integer() };
}`;

/** Where an update of the library no longer has one of these files, the test of this list fails. */
export const PASSKEY_CUTS: readonly Cut[] = [
  ...Object.entries(refusing).map(([file, names]) => ({
    file: `${webauthn}/${file}`,
    instead: names
      .map((name) => `export function ${name}() { throw new Error('${name} is left out.'); }`)
      .join('\n'),
  })),
  ...Object.entries(rootCertificates).map(([file, names]) => ({
    file: `${webauthn}/services/defaultRootCerts/${file}.js`,
    instead: names.map((name) => `export const ${name} = '';`).join('\n'),
  })),
  {
    file: `${webauthn}/helpers/iso/isoCrypto/unwrapEC2Signature.js`,
    instead: (text) =>
      `${text
        .replaceAll(/^import .* from '@peculiar.*$/gmu, '')
        .replace(
          'AsnParser.parse(signature, ECDSASigValue)',
          'readEcdsaSignature(signature)',
        )}\n${readEcdsaSignature}`,
  },
  {
    // Asks the FIDO Alliance about makes of devices.
    file: `${webauthn}/services/metadataService.js`,
    instead:
      'export class BaseMetadataService {}\nexport const MetadataService = { async getStatement() { return undefined; } };',
  },
];

export const leanPasskeysPlugin = leaveOut('lean-passkeys', PASSKEY_CUTS);
