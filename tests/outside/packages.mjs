// The packages of package.json, which are installed in the build folder and never here. Where they could not be, the test that asks for
// one is skipped and says so.
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const folder = process.env.SAMRAD_PACKAGES ?? '.';
const skipped = 77;  // what CMakeLists.txt calls a skip

if (!existsSync(join(folder, 'node_modules', '.installed'))) {
  console.log(`skipped: the npm packages are not in \`${folder}\`; the test outside.packages says why`);
  process.exit(skipped);
}

export const load = createRequire(join(folder, 'package.json'));
export const program = name => join(folder, 'node_modules', '.bin', name);
