// Where many stories begin: Ann and Bob, a draft, money that is held, claimable or paid.
import type { MemoryCardName } from '../../lambdas/adapters/memory/provider-cards.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import { type Neighbour, openTown, type Town, type TownOptions } from './town.ts';

export interface Scene {
  readonly town: Town;
  readonly ann: Neighbour;
  readonly bob: Neighbour;
}

export interface SceneWithPayment extends Scene {
  readonly payment: Payment;
}

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Bob is set up to be paid. */
export async function annAndBob(options?: TownOptions): Promise<Scene> {
  const town = openTown(options);
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.payee('Bob Stone', 'bob');
  return { town, ann, bob };
}

/** Bob is here, and cannot be paid yet. */
export async function annAndBobNotSetUp(options?: TownOptions): Promise<Scene> {
  const town = openTown(options);
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.member('Bob Stone', 'bob');
  return { town, ann, bob };
}

/** Reviewed, with a saved card, not confirmed. */
export async function aDraft(
  scene: Scene,
  card: MemoryCardName = 'pm_card_visa',
): Promise<SceneWithPayment> {
  await scene.ann.says('send $20 to @bob for lunch');
  await scene.ann.addsCard(scene.ann.link('Review and pay'), card);
  return withPayment(scene);
}

/** Charged; within the undo window where Bob is set up. */
export async function aHeldPayment(
  scene: Scene,
  card: MemoryCardName = 'pm_card_visa',
): Promise<SceneWithPayment> {
  await aDraft(scene, card);
  await scene.ann.pays();
  return withPayment(scene);
}

export async function aPaidPayment(scene: Scene): Promise<SceneWithPayment> {
  await aHeldPayment(scene);
  await scene.town.later(10 * secondMs);
  return withPayment(scene);
}

/** Paid for somebody whom nobody knows, with a link to forward. */
export async function anOpenClaim(scene: Pick<Scene, 'town' | 'ann'>): Promise<Payment> {
  await scene.ann.says('send $20 to my plumber for the tap');
  await scene.ann.pays();
  return scene.town.paymentOf(scene.ann);
}

async function withPayment(scene: Scene): Promise<SceneWithPayment> {
  return { ...scene, payment: await scene.town.paymentOf(scene.ann) };
}

/** What really moved at the provider, oldest first. */
export function moved(town: Town): string[] {
  return town.provider.movements().map(({ kind }) => kind);
}

export async function stepsOf(town: Town, who: Neighbour): Promise<string[]> {
  const { id } = await town.paymentOf(who);
  return (await town.world.payments.journalOf(id)).map(({ step }) => step);
}
