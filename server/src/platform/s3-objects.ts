/**
 * The object store on S3 or a server that speaks it. The bytes go to a temporary key first, since an object's
 * name is known only at its end, and are copied to their name within the store.
 *
 * @module
 */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { Readable } from 'node:stream'
import { randomName } from './ids.ts'
import { measured, ObjectName, proveRoundTrip, type ObjectStore } from './objects.ts'

/** Opens the bucket at `s3://KEY:SECRET@host[:port]/bucket?region=…&tls=0|1`. */
export function s3Store(location: string): ObjectStore {
  const url = new URL(location)
  const bucket = url.pathname.slice(1)
  if (bucket === '' || bucket.includes('/'))
    throw new Error('JIKIMI_OBJECTS names no bucket: s3://KEY:SECRET@host/bucket.')
  const client = new S3Client({
    endpoint: `${url.searchParams.get('tls') === '0' ? 'http' : 'https'}://${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
    },
  })
  const keyOf = (name: ObjectName) => `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`

  const store: ObjectStore = {
    async put(sealed) {
      const measure = measured(sealed)
      const waiting = `incoming/${randomName()}`
      await new Upload({
        client,
        params: { Bucket: bucket, Key: waiting, Body: Readable.from(measure.passing, { objectMode: false }) },
      }).done()
      const stored = measure.result()
      await client.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: keyOf(stored.name),
          CopySource: `${bucket}/${waiting}`,
        }),
      )
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: waiting }))
      return stored
    },
    async get(name) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }))
      if (answer.Body === undefined) throw new Error('The object store has no such object.')
      return answer.Body as Readable
    },
    async has(name) {
      return client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(name) })).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && error.name === 'NotFound') return false
          throw error
        },
      )
    },
    async remove(name) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(name) }))
    },
    async *names() {
      let from: string | undefined
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: from }))
        for (const { Key } of page.Contents ?? []) {
          const read = ObjectName.safeParse(Key?.slice(6))
          if (read.success) yield read.data
        }
        from = page.NextContinuationToken
      } while (from !== undefined)
    },
    async probe() {
      await proveRoundTrip(store)
    },
  }
  return store
}
