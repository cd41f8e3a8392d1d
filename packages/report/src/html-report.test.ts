import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { exampleView } from '../fixtures/example-view.ts';
import { markupFaults } from '../fixtures/well-formed.ts';
import { htmlReport, type Report } from './html-report.ts';

const example: Report = {
  title: 'Pump fleet',
  summary: [['average precision', '0.91']],
  notes: ['Nothing here has seen a label.'],
  tables: [{ title: 'Detection', columns: ['method', 'AP'], rows: [['autoencoder', 0.91]], note: 'pooled' }],
  training: [
    { epoch: 1, loss: 1, validationLoss: 1.2 },
    { epoch: 2, loss: 0.5, validationLoss: 0.7 },
  ],
  diagram: '<svg xmlns="http://www.w3.org/2000/svg" class="diagram"><text>LSTM 64</text></svg>',
  series: [exampleView({ rows: 200, id: 'pump-1' }), exampleView({ rows: 200, id: 'pump-2' })],
  generatedBy: 'retrace 0.1.0',
};

const bodyOf = (page: string): string =>
  page.slice(page.indexOf('<body>'), page.indexOf('</html>')).replaceAll('<br>', '');

describe('htmlReport', () => {
  const page = htmlReport(example);
  const { document } = parseHTML(page);

  it('has every part, in order, under headings', () => {
    expect([...document.querySelectorAll('h1, h2')].map((heading) => heading.textContent)).toEqual([
      'Pump fleet',
      'Notes',
      'Detection',
      'Training',
      'Model',
      'Series',
      'pump-1',
      'pump-2',
    ]);
    expect(document.querySelector('dl')!.textContent).toBe('average precision0.91');
    expect(document.querySelector('.diagram')!.textContent).toBe('LSTM 64');
    expect(document.querySelector('footer')!.textContent).toContain('retrace 0.1.0');
    expect(markupFaults(bodyOf(page))).toEqual([]);
  });

  it('draws each chart for wide and for narrow screens', () => {
    for (const variant of ['wide', 'narrow']) {
      expect(document.querySelectorAll(`.${variant} > svg[role=img]`)).toHaveLength(3);
    }
  });

  it('lists the anomalies of a series, and links from the contents to it', () => {
    const links = [...document.querySelectorAll('.contents a')].map((link) => link.getAttribute('href')!);
    expect(links.map((link) => document.querySelector(`${link} h2`)!.textContent)).toEqual([
      'pump-1',
      'pump-2',
    ]);
    const cells = [...document.querySelectorAll('#series-1 tbody td')].map((cell) => cell.textContent);
    expect(cells).toEqual([
      '2024-03-01 12:20',
      '2024-03-01 12:29',
      '4.2',
      '3.5',
      'yes',
      'vibration\u00A061\u00A0%, flow\u00A039\u00A0%',
    ]);
    expect(document.querySelector('#series-1 figcaption')!.textContent).toContain(
      'Known anomalies found: 1 of 1.',
    );
  });

  it('tells which anomalies found are known, and how many known ones were found, where labels are known', () => {
    const [view] = example.series;
    const [found] = view!.anomalies!;
    const { time } = view!;
    const early = { ...found!, start: time[2]!, end: time[5]!, firstRow: 2, lastRow: 5 };
    const labels = view!.labels!.with(100, 1);
    const rowsOf = (parts: object) => {
      const page = htmlReport({ ...example, series: [{ ...view!, ...parts }] });
      const { document: parsed } = parseHTML(page);
      const cells = [...parsed.querySelectorAll('#series-1 tbody tr')].map((row) => row.children);
      return { known: cells.map((row) => row[4]!.textContent), page };
    };
    const told = rowsOf({ anomalies: [early, found], labels });
    expect(told.known).toEqual(['no', 'yes']);
    expect(told.page).toContain('Known anomalies found: 1 of 2.');
    const { labels: _, ...unlabelled } = { ...view!, labels };
    const silent = htmlReport({ ...example, series: [unlabelled] });
    expect(silent).not.toMatch(/Known anomalies found|<th scope="col">known/);
  });

  it('calls the most blamed of the features drawn so only where one of them is blamed', () => {
    const [view] = example.series;
    const blame = [{ feature: 'latent/0', share: 1 }];
    const latent = { ...view!, anomalies: view!.anomalies!.map((anomaly) => ({ ...anomaly, blame })) };
    const page = htmlReport({ ...example, series: [latent] }, { maxFeatures: 2 });
    expect(page).toContain('Drawn are 2 of 4 features, the first.');
  });

  it('needs nothing from outside and forbids it', () => {
    const policy = document
      .querySelector('meta[http-equiv="Content-Security-Policy"]')!
      .getAttribute('content');
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
    expect(document.querySelectorAll('script, link, img, iframe, [src], [onload], [onclick]')).toHaveLength(
      0,
    );
  });

  it('escapes names wherever they come from', () => {
    const hostile = `'"><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const { document: page } = parseHTML(
      htmlReport({
        title: hostile,
        summary: [[hostile, hostile]],
        notes: [hostile],
        tables: [{ title: hostile, columns: [hostile], rows: [[hostile]], note: hostile }],
        series: [1, 2].map((pump) => ({
          ...exampleView({ rows: 50, id: hostile + pump }),
          features: [hostile, `${hostile}b`, 'c', 'd'],
          units: [hostile, hostile, '', ''],
          anomalies: [
            {
              ...exampleView({ rows: 50 }).anomalies![0]!,
              id: hostile,
              blame: [{ feature: hostile, share: 1 }],
            },
          ],
        })),
        generatedBy: hostile,
      }),
    );
    expect(page.querySelectorAll('script, img')).toHaveLength(0);
    expect(page.querySelector('h1')!.textContent).toBe(hostile);
    expect(page.querySelector('.contents a')!.textContent).toBe(`${hostile}1`);
    expect(page.querySelector('td')!.textContent).toBe(hostile);
  });

  it('leaves out what a report does not have', () => {
    const bare = htmlReport({ title: 'a', summary: [], tables: [], series: [], generatedBy: 'b' });
    expect(bare).not.toMatch(/<section|<dl|undefined/);
  });

  it('passes its options to the charts, and says which features it leaves out', () => {
    const few = htmlReport(example, { maxFeatures: 1, timeAxis: 'rows' });
    expect(few).toContain('Drawn are 1 of 4 features, the most blamed');
    expect(few).not.toContain('time (UTC)');
  });

  it('takes under 300 kB for a series of 1500 rows and 4 features, so that 20 are under 6 MB', () => {
    const [one, three] = [1, 3].map((count) => {
      const series = Array.from({ length: count }, (_, index) => exampleView({ id: `pump-${index}` }));
      return htmlReport({ ...example, series }).length;
    });
    expect((three! - one!) / 2).toBeLessThan(300_000);
  });

  it.each<[RegExp, object, object?]>([
    [/`report` must be an object without unknown keys.*`title`/s, { titel: 'a' }],
    [/`title` must be a string/, { title: undefined }],
    [/`generatedBy` must be a string/, { generatedBy: 3 }],
    [/`summary` must be an array/, { summary: { a: 'b' } }],
    [/`summary\[0\]` must be a label and a value/, { summary: [['a']] }],
    [/`notes\[0\]` must be a string/, { notes: [3] }],
    [
      /`tables\[0\]\.rows\[0\]` must be an array of 1 cells/,
      { tables: [{ title: 'a', columns: ['b'], rows: [[]] }] },
    ],
    [/`training` must be an array of at least one epoch/, { training: [] }],
    [/`diagram` must be an SVG document/, { diagram: '<svg><script/></svg>' }],
    [/`series\[1\]\.values` must be/, { series: [example.series[0], { ...example.series[0], values: 3 }] }],
    [/`options` must be an object without unknown keys/, {}, { width: 900 }],
  ])('refuses with %s', (message, part, options) => {
    expect(() => htmlReport({ ...example, ...part } as Report, options)).toThrow(message);
  });
});
