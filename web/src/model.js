// The leg in three dimensions. Colours are already those of the screen, so three's colour management stays out.
import {
  AmbientLight, BufferAttribute, BufferGeometry, ColorManagement, DirectionalLight, DoubleSide, Group, LinearSRGBColorSpace, Mesh,
  MeshBasicMaterial, MeshLambertMaterial, PerspectiveCamera, Raycaster, Scene, Sphere, SphereGeometry, Vector2, Vector3, WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { evenColour, levelColours } from './colours.js';
import { integers, numbers, points } from './data.js';
import { nerveTop } from './scale.js';
import { figure, stationWords } from './words.js';

ColorManagement.enabled = false;
const whole = 1e9;
/** A nerve that is flat under the roller is hardly seen from the side: it may be drawn so much larger all around, mm. */
const thicker = 2.5;

/** One surface of the data block as a mesh whose points and colours follow the state. */
class Surface {
  constructor(model, buffer, packed) {
    this.packed = packed;
    this.buffer = buffer;
    this.box = model.box;
    this.xyz = points(buffer, packed.xyz[0], ...this.box);
    this.count = this.xyz.length / 3;
    this.geometry = new BufferGeometry();
    this.geometry.setAttribute('position', new BufferAttribute(this.xyz, 3));
    this.geometry.setAttribute('color', new BufferAttribute(new Float32Array(3 * this.count), 3));
    this.geometry.setIndex(new BufferAttribute(integers(buffer, packed.triangles), 1));
    if (packed.side) {
      this.side = numbers(buffer, packed.side.values, packed.side.low, packed.side.high);
      this.geometry.setAttribute('side', new BufferAttribute(this.side, 1));
    }
    this.region = packed.region && integers(buffer, packed.region);
    this.station = packed.station && integers(buffer, packed.station);
  }

  moveTo(frame) {
    if (this.packed.xyz.length > 1) points(this.buffer, this.packed.xyz[frame], ...this.box, this.xyz);
    this.geometry.attributes.position.needsUpdate = true;
    this.geometry.computeVertexNormals();
    this.geometry.computeBoundingSphere();
  }

  /** Thickens what is drawn all around. */
  swell(mm) {
    const normals = this.geometry.attributes.normal.array;
    for (let i = 0; i < this.xyz.length; ++i) this.xyz[i] += mm * normals[i];
  }

  /** Values of a tissue field at a frame, or null. */
  values(field, frame) {
    const frames = field && this.packed.values[field.name];
    return frames ? numbers(this.buffer, frames[frame], field.low, field.high) : null;
  }

  paint(colourOf) {
    const colours = this.geometry.attributes.color;
    for (let i = 0; i < this.count; ++i) colourOf(i, colours.array, 3 * i);
    colours.needsUpdate = true;
  }
}

/** Leaves out what lies farther to the outside than the cut, by the distance from the nerve in the unloaded leg. */
function cutAway(material, cut) {
  material.onBeforeCompile = (shader) => {
    shader.uniforms.cutAt = cut;
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nattribute float side;\nvarying float atSide;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\natSide = side;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nuniform float cutAt;\nvarying float atSide;')
      .replace('#include <clipping_planes_fragment>', '#include <clipping_planes_fragment>\nif (atSide > cutAt) discard;');
  };
  return material;
}

export class Model {
  constructor(page, view, buffer) {
    this.page = page;
    this.view = view;
    const { model } = page.data;
    this.box = [model.low, model.high];
    this.fields = model.fields;
    this.cutAt = { value: whole };
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true });
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.renderer.setPixelRatio(Math.min(2, window.devicePixelRatio || 1));
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(26, 1, 10, 20000);
    this.build(model, buffer);
    this.addLights();
    view.replaceChildren(this.renderer.domElement);
    this.renderer.domElement.setAttribute('aria-hidden', 'true');
    this.controls = new OrbitControls(this.camera, this.renderer.domElement);
    this.controls.enablePan = true;
    this.controls.addEventListener('change', () => this.render());
    this.setUp();
    this.look('outside');
    this.bindPointer();
    new ResizeObserver(() => this.resize()).observe(view);
    this.resize();
    page.listen(() => this.draw());
  }

  build(model, buffer) {
    const of = (packed) => new Surface(this, buffer, packed);
    const named = (name) => model.surfaces.filter((s) => s.name === name).map(of);
    [this.skin] = named('skin');
    [this.nerve] = named('nerve');
    [this.bones] = named('bones');
    [this.roller] = named('roller');
    this.cuts = named('cut').sort((a, b) => b.packed.cut_mm - a.packed.cut_mm);
    const mesh = (surface, material, order = 0) => {
      const m = new Mesh(surface.geometry, material);
      m.renderOrder = order;
      m.userData.surface = surface;
      this.scene.add(m);
      return m;
    };
    this.skinMesh = mesh(this.skin, cutAway(new MeshLambertMaterial({ vertexColors: true, side: DoubleSide }), this.cutAt));
    this.cutMeshes = this.cuts.map((c) => mesh(c, new MeshBasicMaterial({ vertexColors: true, side: DoubleSide })));
    this.bonesMesh = mesh(this.bones, new MeshLambertMaterial({ color: 0xede3c7 }));
    this.nerveMesh = mesh(this.nerve, new MeshLambertMaterial({ vertexColors: true }), 1);
    this.ghostMesh = mesh(this.nerve, new MeshBasicMaterial({ vertexColors: true, transparent: true, opacity: 0.4, depthTest: false }), 3);
    if (this.roller) this.rollerMesh = mesh(this.roller, new MeshLambertMaterial({ color: 0x71839a, transparent: true, opacity: 0.55, depthWrite: false }), 2);
    this.marker = new Mesh(new SphereGeometry(9, 24, 16), new MeshBasicMaterial({ color: 0xd6006c, transparent: true, opacity: 0.85, depthTest: false }));
    this.marker.renderOrder = 4;
    this.scene.add(this.marker);
    this.nerve.moveTo(this.page.data.governing);
  }

  addLights() {
    this.scene.add(new AmbientLight(0xffffff, 2.3));
    const lamp = new DirectionalLight(0xffffff, 1.1);
    const holder = new Group();
    holder.add(lamp, lamp.target);
    lamp.position.set(0.4, 0.7, 1);
    lamp.target.position.set(0, 0, 0);
    this.camera.add(holder);
    this.scene.add(this.camera);
  }

  /** Up is the way the roller presses, as if it lay on the floor; without one, the person's own up. Out is the outer side of the leg. */
  setUp() {
    const outwards = new Vector3(this.page.data.side === 'right' ? -1 : 1, 0, 0);
    this.up = new Vector3(0, 0, 1);
    if (this.roller && this.roller.packed.xyz.length > 1) {
      const middle = (frame) => {
        const xyz = points(this.roller.buffer, this.roller.packed.xyz[frame], ...this.box);
        const sum = new Vector3();
        for (let i = 0; i < xyz.length; i += 3) sum.add(new Vector3(xyz[i], xyz[i + 1], xyz[i + 2]));
        return sum.divideScalar(xyz.length / 3);
      };
      const way = middle(this.page.data.governing).sub(middle(0));
      if (way.length() > 1) this.up = way.normalize();
    }
    this.camera.up.copy(this.up);
    const out = outwards.clone().addScaledVector(this.up, -outwards.dot(this.up)).normalize();
    const ahead = new Vector3().crossVectors(out, this.up);
    const { nerve } = this.page.data.frames[0];
    const along = this.page.data.stations.in_mesh.map((inside, i) => (inside ? new Vector3(nerve.x_mm[i], nerve.y_mm[i], nerve.z_mm[i]) : null)).filter(Boolean);
    if (ahead.dot(along.at(-1).clone().sub(along[0])) < 0) ahead.negate();
    const below = this.up.clone().negate().addScaledVector(out, 0.03);
    this.views = { outside: out, inside: out.clone().negate(), below, knee: ahead.addScaledVector(this.up, 0.25).normalize() };
    this.controls.update();
    this.skin.moveTo(this.page.data.governing);
    const around = this.skin.geometry.boundingSphere.clone();
    if (this.roller) around.union(this.sphereAcross());
    this.middle = around.center;
    this.reach = around.radius;
    this.seen = 'outside';
  }

  /** What the roller takes up across its axis. */
  sphereAcross() {
    this.roller.moveTo(this.page.data.governing);
    this.roller.geometry.computeBoundingBox();
    const size = this.roller.geometry.boundingBox.getSize(new Vector3()).toArray().sort((a, b) => a - b);
    return new Sphere(this.roller.geometry.boundingBox.getCenter(new Vector3()), 0.5 * size[1]);
  }

  look(name) {
    this.seen = name;
    const { focus, distance } = this.fit();
    this.controls.target.copy(focus);
    this.camera.position.copy(focus).addScaledVector(this.views[name], distance);
    this.controls.update();
  }

  /** Where to look at and how far away for leg and roller to fit into the view last chosen; how long the roller is does not count. */
  fit() {
    const tall = Math.tan((this.camera.fov * Math.PI) / 360), wide = tall * (this.camera.aspect || 1);
    const towards = this.views[this.seen];
    const right = new Vector3().crossVectors(this.up, towards).normalize(), top = new Vector3().crossVectors(towards, right);
    const p = new Vector3();
    const each = (visit) => {
      for (const surface of [this.skin, this.roller]) {
        if (!surface) continue;
        for (let i = 0; i < surface.xyz.length; i += 3) {
          p.fromArray(surface.xyz, i).sub(this.middle);
          visit(surface === this.skin ? p.dot(right) : null, p.dot(top), p.dot(towards));
        }
      }
    };
    // What is nearer looks larger: the sides of the picture are found for the distance, and the distance for the sides.
    let distance = this.reach / Math.min(tall, wide), x = 0, y = 0;
    for (let pass = 0; pass < 3; ++pass) {
      let left = Infinity, rightmost = -Infinity, low = Infinity, high = -Infinity;
      each((a, b, c) => {
        const shrink = distance / (distance - c);
        if (a !== null) {
          left = Math.min(left, a * shrink);
          rightmost = Math.max(rightmost, a * shrink);
        }
        low = Math.min(low, b * shrink);
        high = Math.max(high, b * shrink);
      });
      x = 0.5 * (left + rightmost);
      y = 0.5 * (low + high);
      let least = 0;
      each((a, b, c) => { least = Math.max(least, c + Math.max(a === null ? 0 : Math.abs(a - x) / wide, Math.abs(b - y) / tall)); });
      distance = 1.05 * least;
    }
    return { focus: this.middle.clone().addScaledVector(right, x).addScaledVector(top, y), distance };
  }

  turn(way) {
    const offset = this.camera.position.clone().sub(this.controls.target);
    const right = new Vector3().crossVectors(this.up, offset).normalize();
    const angle = Math.PI / 18;
    if (way === 'left') offset.applyAxisAngle(this.up, -angle);
    if (way === 'right') offset.applyAxisAngle(this.up, angle);
    const lift = offset.angleTo(this.up);
    if (way === 'up' && lift > angle) offset.applyAxisAngle(right, -angle);
    if (way === 'down' && lift < Math.PI - angle) offset.applyAxisAngle(right, angle);
    if (way === 'nearer') offset.multiplyScalar(1 / 1.15);
    if (way === 'farther') offset.multiplyScalar(1.15);
    this.camera.position.copy(this.controls.target).add(offset);
    this.controls.update();
    this.render();
  }

  resize() {
    const { clientWidth: w, clientHeight: h } = this.view;
    if (!w || !h) return;
    const before = this.camera.aspect ? this.fit().distance : 0;
    this.camera.aspect = w / h;
    this.camera.updateProjectionMatrix();
    this.renderer.setSize(w, h, false);
    const offset = this.camera.position.clone().sub(this.controls.target);
    if (before) this.camera.position.copy(this.controls.target).addScaledVector(offset, this.fit().distance / before);
    this.controls.update();
    this.render();
  }

  tissueField() {
    return this.fields.find((f) => f.name === this.page.state.tissueField);
  }

  paintTissue(surface, frame) {
    const { colours } = this.page.data.model;
    const field = this.tissueField();
    const values = surface.values(field, frame);
    if (values) surface.paint((i, into, at) => evenColour(Math.max(0, values[i]) / field.top, into, at));
    else surface.paint((i, into, at) => into.set(colours[surface.region[i]] ?? [0.8, 0.7, 0.6], at));
  }

  paintNerve(frame) {
    const { data, state } = this.page;
    const { nerve } = data.frames[frame];
    const { station } = this.nerve;
    if (state.nerveField === 'level') this.nerve.paint((i, into, at) => into.set(levelColours[nerve.level[station[i]]], at));
    else {
      const top = nerveTop(data, state.nerveField);
      const values = nerve[state.nerveField];
      this.nerve.paint((i, into, at) => evenColour(Math.max(0, values[station[i]] ?? 0) / top, into, at));
    }
  }

  /** Draws the state of the page. */
  draw() {
    const { data, state } = this.page;
    const { frame } = state;
    const cut = state.cut > 0 ? this.cuts[state.cut - 1] : null;
    this.cutAt.value = cut ? cut.packed.cut_mm : whole;
    const key = `${frame} ${state.tissueField}`;
    const shown = cut ? [this.skin, cut] : [this.skin];
    for (const surface of shown) {
      if (surface.drawn === key) continue;
      surface.moveTo(frame);
      this.paintTissue(surface, frame);
      surface.drawn = key;
    }
    for (const surface of [this.nerve, this.bones, this.roller]) if (surface) surface.moveTo(frame);
    if (state.thick !== false) this.nerve.swell(thicker);
    this.paintNerve(frame);
    this.skinMesh.visible = state.tissue !== false;
    this.cutMeshes.forEach((m) => { m.visible = state.tissue !== false && m.userData.surface === cut; });
    this.bonesMesh.visible = state.bones !== false;
    if (this.rollerMesh) this.rollerMesh.visible = state.roller !== false;
    const s = state.station;
    const { nerve } = data.frames[frame];
    this.marker.visible = s !== null && data.stations.in_mesh[s] === 1;
    if (this.marker.visible) this.marker.position.set(nerve.x_mm[s], nerve.y_mm[s], nerve.z_mm[s]);
    this.render();
  }

  /** Draws with the browser's next frame, however often it is asked for until then. */
  render() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.renderer.render(this.scene, this.camera);
    });
  }

  /** Values under the pointer in words; the nerve is told as a station. */
  bindPointer() {
    const canvas = this.renderer.domElement;
    const caster = new Raycaster();
    let waiting = null;
    const read = () => {
      const box = canvas.getBoundingClientRect();
      const at = new Vector2(((waiting.clientX - box.left) / box.width) * 2 - 1, 1 - ((waiting.clientY - box.top) / box.height) * 2);
      waiting = null;
      caster.setFromCamera(at, this.camera);
      this.tell(caster);
    };
    canvas.addEventListener('pointermove', (event) => {
      if (event.buttons) return;
      if (!waiting) requestAnimationFrame(read);
      waiting = event;
    });
    canvas.addEventListener('click', (event) => {
      if (!waiting) requestAnimationFrame(read);
      waiting = event;
    });
  }

  tell(caster) {
    const { data, state, set } = this.page;
    const [onNerve] = caster.intersectObject(this.nerveMesh, false);
    const candidates = [this.skinMesh, ...this.cutMeshes].filter((m) => m.visible);
    const onTissue = caster.intersectObjects(candidates, false).find((hit) => {
      const { surface } = hit.object.userData;
      return surface !== this.skin || surface.side[hit.face.a] <= this.cutAt.value;
    });
    // The nerve shows through what covers it, and is what one points at when it is near the pointer.
    if (onNerve && (!onTissue || state.cut > 0 || onNerve.distance < onTissue.distance + 80)) {
      const station = this.nerve.station[onNerve.face.a];
      set({ station, told: stationWords(data, state.frame, station) });
    } else if (onTissue) set({ station: null, told: this.tissueWords(onTissue) });
  }

  tissueWords(hit) {
    const { data, state } = this.page;
    const { surface } = hit.object.userData;
    const name = data.model.words[surface.region[hit.face.a]] ?? 'tissue';
    const parts = this.fields.map((f) => {
      const values = surface.values(f, state.frame);
      return values ? `${f.title} ${figure(values[hit.face.a])} ${f.unit}` : null;
    });
    return `${name[0].toUpperCase()}${name.slice(1)}: ${parts.filter(Boolean).join(', ')}.`;
  }
}
