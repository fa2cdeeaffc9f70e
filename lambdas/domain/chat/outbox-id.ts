// The id of one bubble on its way: what it answers or announces, and which of several it is.

/** `group` is the event answered, or `<pay id>:<sequence>:<person id>` for an announcement; `position` counts from 1. */
export function outboxId(group: string, position: number): string {
  return `${group}:${position}`;
}
