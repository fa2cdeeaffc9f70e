// Nothing of ours is ever sent to an address that is not out on the public internet.
import { describe, expect, it } from 'vitest';
import {
  isPublicAddress,
  resolveAnyAddress,
  resolvePublicAddress,
} from '../../lambdas/adapters/outgoing-address.ts';

describe('an address of the public internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:82a::200e',
  ])('%s may be called', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each([
    ['0.0.0.0', 'this machine'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'the cloud’s metadata'],
    ['100.64.0.1', 'a carrier’s network'],
    ['198.18.0.1', 'benchmarks'],
    ['203.0.113.9', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'this machine'],
    ['::1', 'loopback'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['2606:4700::1%eth0', 'a zone'],
    ['fd00:ec2::254', 'the cloud’s metadata'],
    ['fc00::1', 'unique local'],
    ['::ffff:127.0.0.1', 'loopback in disguise'],
    ['::ffff:8.8.8.8', 'IPv4 in disguise'],
    ['64:ff9b::7f00:1', 'loopback through NAT64'],
    ['2002:7f00:1::', 'loopback through 6to4'],
    ['2001:0:7f00:1::', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['ff02::1', 'multicast'],
    ['', 'nothing'],
    ['localhost', 'a name'],
    ['127.1', 'half an address'],
    ['0x7f000001', 'a number'],
    ['1.1.1.1 ', 'a space'],
  ])('%s (%s) may not', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });
});

describe('a name', () => {
  it.each(['localhost', '127.0.0.1', '127.1', '2130706433', '::1', '169.254.169.254'])(
    '%s leads nowhere that may be called',
    async (hostname) => {
      // Where the machine cannot resolve it at all, that is as good.
      const found = await resolvePublicAddress(hostname).catch(() => undefined);

      expect(found).toBeUndefined();
    },
  );

  it('is an address already where it is written as one', async () => {
    expect(await resolvePublicAddress('8.8.8.8')).toEqual({ address: '8.8.8.8', family: 4 });
    expect(await resolvePublicAddress('2606:4700:4700::1111')).toEqual({
      address: '2606:4700:4700::1111',
      family: 6,
    });
  });

  it('that leads nowhere is not the same as one that may not be called', async () => {
    await expect(resolvePublicAddress('nowhere.invalid')).rejects.toThrow('nowhere.invalid');
  });

  it('of this machine can be called where that is allowed', async () => {
    const found = await resolveAnyAddress('127.0.0.1');

    expect(found).toEqual({ address: '127.0.0.1', family: 4 });
  });
});
