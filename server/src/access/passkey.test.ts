import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { firstInvitation } from './invitation.ts'
import { openFront, password, type Browser, type Front } from './trial.ts'

const origin = 'http://localhost'
const email = 'admin@example.org'

/** A security key in software, so that the server is held to WebAuthn without a browser: ES256, attestation "none". */
function securityKey(isUserVerified = true) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = Buffer.from(`key of ${newId<'AccountId'>(new Date(0))}`).toString('base64url')
  return { id, publicKey, privateKey, isUserVerified }
}
type SecurityKey = ReturnType<typeof securityKey>

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

/** The flags are user present, user verified, attested data included (WebAuthn level 3, 6.1). */
function authenticatorData(key: SecurityKey, attested?: Buffer): Buffer {
  const flags = 0x01 | (key.isUserVerified ? 0x04 : 0) | (attested === undefined ? 0 : 0x40)
  const counter = Buffer.alloc(4)
  return Buffer.concat([sha256('localhost'), Buffer.from([flags]), counter, attested ?? Buffer.alloc(0)])
}

const clientData = (type: string, challenge: unknown) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

function created(key: SecurityKey, challenge: unknown): object {
  const id = Buffer.from(key.id, 'base64url')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(id.length)
  const data = authenticatorData(key, Buffer.concat([Buffer.alloc(16), length, id, coseKey(key.publicKey)]))
  const attestation = Buffer.concat([
    Buffer.from([0xa3]),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.from([0xa0]),
    cborText('authData'),
    cborBytes(data),
  ])
  return credential(key, {
    clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
    attestationObject: attestation.toString('base64url'),
    transports: ['usb'],
  })
}

function asserted(key: SecurityKey, challenge: unknown): object {
  const data = authenticatorData(key)
  const client = clientData('webauthn.get', challenge)
  return credential(key, {
    clientDataJSON: client.toString('base64url'),
    authenticatorData: data.toString('base64url'),
    signature: sign('sha256', Buffer.concat([data, sha256(client)]), key.privateKey).toString('base64url'),
  })
}

const credential = ({ id }: SecurityKey, response: object) => ({
  id,
  rawId: id,
  type: 'public-key',
  response,
  clientExtensionResults: {},
})

/** COSE key (RFC 9053): kty EC2, alg ES256, crv P-256, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' })
  const [bytesX, bytesY] = [x, y].map(part => cborBytes(Buffer.from(part!, 'base64url')))
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytesX!,
    Buffer.from([0x22]),
    bytesY!,
  ])
}

/** RFC 8949: byte string of up to 255 bytes, text of up to 23. */
const cborBytes = (bytes: Buffer) => Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])

async function enrolled(front: Front): Promise<Browser> {
  const browser = front.browser()
  const token = await firstInvitation(front.trial.database, front.world)
  await browser.post('/enrolments', { token, name: '홍길동', email, password })
  await browser.post('/auth/sign-in/email', { email, password })
  return browser
}

async function register(browser: Browser, key: SecurityKey) {
  const options = await browser.get('/auth/passkey/generate-register-options')
  return browser.post('/auth/passkey/verify-registration', {
    response: created(key, options.body['challenge']),
    name: 'desk',
  })
}

async function signIn(browser: Browser, key: SecurityKey) {
  const options = await browser.get('/auth/passkey/generate-authenticate-options')
  expect(options.body).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
  return browser.post('/auth/passkey/verify-authentication', {
    response: asserted(key, options.body['challenge']),
  })
}

test('a passkey completes the session that adds it, and opens the next one by itself', async () => {
  await using front = await openFront()
  const browser = await enrolled(front)
  const key = securityKey()
  expect(await register(browser, key)).toMatchObject({ status: 200, body: { name: 'desk' } })
  expect((await browser.get('/session')).body).toMatchObject({
    needsSecondFactor: false,
    hasPasskey: true,
    hasTotp: false,
  })
  expect((await browser.get('/accounts')).status).toBe(200)

  const next = front.browser()
  expect(await signIn(next, key)).toMatchObject({ status: 200, body: { status: true } })
  expect((await next.get('/session')).body).toMatchObject({ needsSecondFactor: false })

  const byPassword = front.browser()
  await byPassword.post('/auth/sign-in/email', { email, password })
  expect((await byPassword.get('/session')).body).toMatchObject({ needsSecondFactor: true, hasPasskey: true })
  expect((await byPassword.get('/accounts')).body['code']).toBe('access.secondFactorMissing')
})

test('a passkey is refused where the device did not verify its user', async () => {
  await using front = await openFront()
  const browser = await enrolled(front)
  expect(await register(browser, securityKey(false))).toMatchObject({
    status: 401,
    body: { code: 'access.passkeyRefused' },
  })
  expect((await browser.get('/session')).body).toMatchObject({ needsSecondFactor: true, hasPasskey: false })
  const key = securityKey()
  await register(browser, key)
  const touched = await signIn(front.browser(), { ...key, isUserVerified: false })
  expect(touched).toMatchObject({ status: 401, body: { code: 'access.passkeyRefused' } })
})

test('a strange key, a false signature, an answer given twice and one without an origin open nothing', async () => {
  await using front = await openFront()
  const browser = await enrolled(front)
  const key = securityKey()
  await register(browser, key)
  const thief = front.browser()
  expect((await signIn(thief, securityKey())).body['code']).toBe('access.passkeyRefused')
  expect((await signIn(thief, { ...securityKey(), id: key.id })).body['code']).toBe('access.passkeyRefused')
  expect((await thief.get('/session')).status).toBe(401)

  const options = await thief.get('/auth/passkey/generate-authenticate-options')
  const response = asserted(key, options.body['challenge'])
  const url = '/api/auth/passkey/verify-authentication'
  const bare = await front.app.inject({ method: 'POST', url, payload: { response } })
  expect(bare.json()).toMatchObject({ status: 422, code: 'access.signInMalformed' })
  expect((await thief.post('/auth/passkey/verify-authentication', { response })).status).toBe(200)
  const twice = await thief.post('/auth/passkey/verify-authentication', { response })
  expect(twice.body['code']).toBe('access.signInStale')
})

test('one takes a passkey away, and without any factor the session is incomplete again', async () => {
  await using front = await openFront()
  const browser = await enrolled(front)
  await register(browser, securityKey())
  const strange = await browser.post('/auth/passkey/delete-passkey', { id: newId<'AccountId'>(new Date(0)) })
  expect(strange).toMatchObject({ status: 404, body: { code: 'access.noPasskey' } })
  const listed = (await browser.get('/auth/passkey/list-user-passkeys')).body as unknown as { id: string }[]
  expect(listed).toHaveLength(1)
  expect((await browser.post('/auth/passkey/delete-passkey', { id: listed[0]!.id })).status).toBe(200)
  expect((await browser.get('/session')).body).toMatchObject({ needsSecondFactor: true, hasPasskey: false })
})
