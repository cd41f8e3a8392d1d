import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluationFleets, type FleetFault, simulateFleet, toFleetCsv, trainingFleet } from 'testkit';

/** A simulated fleet, written as the CSV that a user would have, and what only the simulation knows. */
interface FleetFile {
  readonly path: string;
  readonly seed: number;
  readonly rows: number;
  readonly faults: readonly FleetFault[];
}

export interface FleetFiles {
  readonly training: FleetFile;
  /** Machines that no detector was fitted on. */
  readonly unseen: readonly FleetFile[];
}

/** Simulates the fleets of the evaluation protocol and writes each as a CSV into `folder`. */
export async function writeSimulatedFleets(folder: string): Promise<FleetFiles> {
  const write = async (options: typeof trainingFleet, name: string): Promise<FleetFile> => {
    const fleet = simulateFleet(options);
    const path = join(folder, name);
    await writeFile(path, toFleetCsv(fleet));
    return { path, seed: options.seed, rows: fleet.rows.length, faults: fleet.faults };
  };
  const training = await write(trainingFleet, 'pumps.csv');
  const unseen = [];
  for (const options of evaluationFleets) unseen.push(await write(options, `unseen-${options.seed}.csv`));
  return { training, unseen };
}
