import type { Section } from './figures.ts';
import type { Bench } from './sections.ts';

export async function measureEmbedded(_bench: Bench): Promise<Section> {
  return { name: 'embedded', versions: '', figures: [] };
}
