// What the operator may say about a stage, and what is made of it.
import { describe, expect, it } from 'vitest';
import { readStage } from '../../../lib/config/stages.ts';

const stageFrom = (context: Record<string, unknown>) => readStage((key) => context[key]);

describe('which stage', () => {
  it('is the sandbox when nothing is said', () => {
    expect(stageFrom({}).name).toBe('sandbox');
  });

  it.each(['production', 'Live', '', 7, true])('refuses %j and lists the choices', (stage) => {
    expect(() => stageFrom({ stage })).toThrow(
      /Choose one with -c stage=NAME: local, test, sandbox, live/,
    );
  });
});

describe('what a stage is', () => {
  it('moves real money in live alone', () => {
    const live = ['local', 'test', 'sandbox', 'live'].map(
      (stage) => stageFrom({ stage, pageId: '42' }).settings.live,
    );

    expect(live).toEqual([false, false, false, true]);
  });

  it('undoes within ten seconds and claims within seven days', () => {
    expect(stageFrom({ stage: 'local' }).settings).toEqual({
      live: false,
      peerPaymentsApproval: null,
      pageId: '1000',
      undoSeconds: 10,
      claimDays: 7,
      draftMinutes: 30,
      requestDays: 14,
      defaultCurrency: 'USD',
      country: 'US',
      feePercent: 0,
    });
  });

  it('knows the vendors where they really are', () => {
    const { graphApiUrl, stripeApiUrl } = stageFrom({});

    expect({ graphApiUrl, stripeApiUrl }).toEqual({
      graphApiUrl: 'https://graph.facebook.com',
      stripeApiUrl: 'https://api.stripe.com',
    });
  });
});

describe('the switch for peer payments', () => {
  it('is off in a live stage until it names the approval', () => {
    const off = stageFrom({ stage: 'live', pageId: '42' });
    const on = stageFrom({
      stage: 'live',
      pageId: '42',
      peerPaymentsApproval: 'Stripe, 2026-10-01',
    });

    expect(off.settings.peerPaymentsApproval).toBeNull();
    expect(on.settings.peerPaymentsApproval).toBe('Stripe, 2026-10-01');
  });

  it('stays off for an empty text', () => {
    expect(
      stageFrom({ stage: 'live', pageId: '42', peerPaymentsApproval: '' }).settings
        .peerPaymentsApproval,
    ).toBeNull();
  });

  it.each([true, 1, {}])('refuses %j, which names nothing', (peerPaymentsApproval) => {
    expect(() => stageFrom({ stage: 'live', pageId: '42', peerPaymentsApproval })).toThrow(
      /peerPaymentsApproval must be text/,
    );
  });
});

describe('the Page', () => {
  it('must be named in live', () => {
    expect(() => stageFrom({ stage: 'live' })).toThrow(/-c pageId=DIGITS/);
  });

  it('is the one that is named', () => {
    expect(stageFrom({ stage: 'live', pageId: '1234567890123456' }).settings.pageId).toBe(
      '1234567890123456',
    );
  });

  it.each(['joes-coffee', '12 34', '٤٢', '1'.repeat(21)])('refuses "%s"', (pageId) => {
    expect(() => stageFrom({ pageId })).toThrow(/pageId must be the digits/);
  });

  it('is the stand-in in the sandbox, with a warning, until it is named', () => {
    expect(stageFrom({}).warnings).toHaveLength(1);
    expect(stageFrom({ pageId: '42' }).warnings).toEqual([]);
    expect(stageFrom({ stage: 'local' }).warnings).toEqual([]);
  });
});
