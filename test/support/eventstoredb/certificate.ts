import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../needs.js';

/** A fresh self-signed certificate for 127.0.0.1, made by `openssl` in a directory of the test. */
export function selfSigned(directory: string): { file: string; certificate: Buffer; key: Buffer } {
  const [file, keyFile] = [join(directory, 'ca.pem'), join(directory, 'key.pem')];
  const subject = ['-subj', '/CN=daicho-test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const command = ['req', '-x509', ...kind, '-keyout', keyFile, '-out', file, ...subject];
  execFileSync(program('openssl'), command, { stdio: 'pipe' });
  return { file, certificate: readFileSync(file), key: readFileSync(keyFile) };
}
