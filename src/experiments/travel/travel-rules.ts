/** What the times rest on: printed with the chapter. */
export const travelRules = {
  walkKmh: 3.6,
  bikeKmh: 12,
  ebikeKmh: 20,
  /** Farthest walk to or from a stop, minutes. */
  stopWalkMinutes: 20,
  /** Farthest walk between two stops of a change. */
  changeWalkMinutes: 8,
  /** Least time to change at one stop, seconds. */
  changeSeconds: 60,
  /** A departure every so many minutes of the hour: the main measure, and the other hours. */
  everyMinutes: 5,
  sparseMinutes: 10,
  maxMinutes: 120,
} as const;
