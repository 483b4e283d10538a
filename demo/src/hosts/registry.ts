/**
 * The demo's RDAP service (RFC 9082, answers as RFC 9083): who is to be written to about a domain, and about
 * the network at an address.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { carrierAbuse, hosts } from './cast.ts'

/** Answers `/domain/NAME` and `/ip/ADDRESS`. */
export function answerRegistry(request: IncomingMessage, response: ServerResponse): void {
  const [, kind = '', about = ''] = decodeURIComponent(request.url ?? '').split('/')
  const host = hosts.find(each => about === each.name || about.endsWith(`.${each.name}`))
  const found = kind === 'ip' ? network(about) : host && domain(host.name, host.abuse, host.country)
  response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/rdap+json' })
  response.end(JSON.stringify(found ?? { errorCode: 404, rdapConformance: ['rdap_level_0'] }))
}

function domain(name: string, abuse: string, country: string) {
  return {
    objectClassName: 'domain',
    rdapConformance: ['rdap_level_0'],
    ldhName: name,
    entities: [
      {
        objectClassName: 'entity',
        roles: ['registrar'],
        entities: [
          {
            objectClassName: 'entity',
            roles: ['abuse'],
            vcardArray: card(`Abuse desk of ${name}`, abuse, country),
          },
        ],
      },
    ],
  }
}

function network(address: string) {
  return {
    objectClassName: 'ip network',
    rdapConformance: ['rdap_level_0'],
    startAddress: address,
    endAddress: address,
    country: 'US',
    entities: [
      { objectClassName: 'entity', roles: ['abuse'], vcardArray: card('Carrier', carrierAbuse, 'US') },
    ],
  }
}

/** A jCard (RFC 7095). */
function card(name: string, email: string, country: string) {
  return [
    'vcard',
    [
      ['version', {}, 'text', '4.0'],
      ['fn', {}, 'text', name],
      ['adr', { cc: country }, 'text', ['', '', '', '', '', '', '']],
      ['email', {}, 'text', email],
    ],
  ]
}
