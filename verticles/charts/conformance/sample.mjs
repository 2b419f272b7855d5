// Takes 40 of the examples into the tests, each with what the reference runtime made of it: node sample.mjs
//
// Run it after ConformanceTest, in whose folder under target/ both are. Taken are examples whose data is inline or from
// seattle-weather.csv (NOAA, US Government).
import {copyFileSync, existsSync, mkdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, '../target/conformance');
const to = join(here, '../src/test/resources/io/dataprism/charts/engine/examples');
const npm = join(from, 'npm/node_modules');
const names = `
  area_horizon bar bar_aggregate_count bar_array_aggregate bar_diverging_stacked bar_filter_calc bar_fit bar_gantt bar_month
  bar_month_temporal bar_swap_axes bar_title facet_cross_independent_scale layer_bar_dual_axis layer_bar_dual_axis_minmax
  layer_bar_labels layer_bar_line layer_bar_month layer_precipitation_mean line_calculate line_max_year line_mean_month
  line_mean_year line_timeunit_transform point_1d_array point_2d_aggregate point_2d_array point_log point_ordinal_color
  point_overlap stacked_bar_count stacked_bar_size stacked_bar_unaggregate stacked_bar_weather test_embedded_csv
  test_field_with_spaces test_minimal test_subobject time_output_utc_scale time_parse_local`.trim().split(/\s+/);

for (const folder of ['specs', 'reference', 'data']) {
  rmSync(join(to, folder), {recursive: true, force: true});
  mkdirSync(join(to, folder), {recursive: true});
}
const specs = join(npm, 'vega-lite/examples/specs');
for (const name of names) {
  const spec = [`${name}.vl.json`, `${name}.json`].map(file => join(specs, file)).find(existsSync);
  copyFileSync(spec, join(to, 'specs', `${name}.vl.json`));
  copyFileSync(join(from, 'reference', `${name}.svg`), join(to, 'reference', `${name}.svg`));
}
copyFileSync(join(npm, 'vega-datasets/data/seattle-weather.csv'), join(to, 'data/seattle-weather.csv'));
copyFileSync(join(npm, 'vega-lite/LICENSE'), join(to, 'LICENSE'));
console.log(`${names.length} examples`);
