// Drives the picture. Every word and every datum is in the page: this only moves, marks and copies.
(() => {
  const $ = (css, root = document) => root.querySelector(css),
    $$ = (css, root = document) => [...root.querySelectorAll(css)];
  const view = $('#view'), pics = $$('svg', view), homes = pics.map(d => d.getAttribute('viewBox'));
  let n = 0, svg, box, trail = [], walk = [], at = 0, held;

  // Moving
  const look = (...b) => { box = b; svg.setAttribute('viewBox', b); },
    fit = () => look(...homes[n].split(' ').map(Number)), pan = (x, y) => look(box[0] + x, box[1] + y, box[2], box[3]);
  const zoom = (f, p = { x: box[0] + box[2] / 2, y: box[1] + box[3] / 2 }) => {
    const w = homes[n].split(' ')[2], r = Math.min(w * 1.2, Math.max(w / 12, box[2] * f)) / box[2];
    look(p.x - (p.x - box[0]) * r, p.y - (p.y - box[1]) * r, box[2] * r, box[3] * r);
  };

  // Choosing
  const node = (id, d = svg) => $(`[data-id="${id}"]`, d),
    list = (e, key) => (e.dataset[key] || '').split(' ').filter(i => i),
    every = (steps, key) => steps.flatMap(li => list(li, key));
  const show = i => {
    svg = pics[n = i];
    pics.forEach(d => d.classList.toggle('away', d !== svg));
    $$('[name=view]').forEach((r, k) => r.checked = k === n);
    fit(); mark(); count();
  };
  const need = ids => {
    const i = ids.every(id => node(id)) ? n : pics.findIndex(d => ids.every(id => node(id, d)));
    if (i >= 0 && i !== n) show(i);
  };
  const choose = (id, focus) => {
    need([id]);
    $$('[data-id]').forEach(g => {
      g.tabIndex = g.classList.toggle('on', g.dataset.id === id) - 1;
    });
    const sheet = $('#s-' + id).cloneNode(true), g = node(id);
    sheet.id = '';
    $('#panel').replaceChildren(sheet);
    if (!g) return;
    if (box[2] < homes[n].split(' ')[2]) {
      const r = g.getBoundingClientRect(), v = view.getBoundingClientRect(), k = svg.getScreenCTM().a;
      pan((r.left + r.right - v.left - v.right) / 2 / k, (r.top + r.bottom - v.top - v.bottom) / 2 / k);
    }
    if (focus) g.focus({ preventScroll: true });
  };
  const go = (id, key) => {
    const near = (i, side) => shown(list($('#s-' + i), side));
    const from = trail.at(-1), next = near(id, 'next')[0];
    if (key === 'ArrowRight') return next && trail.push(id) && next;
    if (key === 'ArrowLeft') return trail.pop() || near(id, 'back')[0];
    const row = from ? near(from, 'next') : $$('[data-id]', svg).map(g => g.dataset.id);
    return row.at((row.indexOf(id) + (key === 'ArrowDown' ? 1 : -1)) % row.length);
  };

  // Marking
  const draw = (name, root, set, text = '') => {
    const e = root.appendChild(document.createElementNS(svg.namespaceURI, name));
    for (const k in set) e.setAttribute(k, set[k]);
    e.textContent = text;
    return e;
  };
  const layer = name => {
    $('.' + name)?.remove();
    return draw('g', $('g', svg), { class: name });
  };
  const size = id => node(id).getBBox(), shown = ids => ids.filter(i => node(i));
  const hole = b => `M${b.x-9},${b.y-9}h${b.width+18}v${b.height+18}h${-b.width-18}z`;
  const mark = () => {
    const top = layer('route'), past = walk.slice(0, at + 1);
    if (!past[0]) return;
    const ids = shown(every(past, 'at'));
    draw('path', top, { class: 'veil', d: 'M-9e3-9e3h3e4v3e4h-3e4z' + [...new Set(ids)].map(i => hole(size(i))).join('') });
    every(past, 'way').forEach(w => {
      const [, s, to] = w.split('--'), find = css => $(`[data-way${css}"]`, svg), line = find(`="${w}`) || find(`$="--${s}--${to}`);
      let d = line && (line.dataset.course || $$('path', line).map(p => p.getAttribute('d')).join(''));
      if (!d && node(s) && node(to)) {
        const a = size(s), b = size(to), x = b.x + b.width / 2, y = a.y + a.height / 2;
        d = `M${a.x+a.width/2},${y}Q${x},${y} ${x},${b.y>y?b.y:b.y+b.height}`;
      }
      if (d) draw('path', top, { class: 'went', d });
    });
    shown(list(walk[at], 'at')).map(size).forEach(b => {
      draw('circle', top, { class: 'here', cx: b.x, cy: b.y + b.height / 2, r: 11 });
    });
  };
  const step = i => {
    at = i;
    $('#back').disabled = at < 1;
    $('#on').disabled = at >= walk.length - 1;
    $('#says').textContent = walk[0] ? `${at+1}/${walk.length} ${walk[at].dataset.told||walk[at].textContent}` : '';
    need(every(walk, 'at'));
    mark();
    const here = walk[0] && list(walk[at], 'at')[0];
    if (here) choose(here);
  };
  const count = () => {
    const top = layer('tally'), all = $$('[data-count]', svg), on = $('#counts')?.checked;
    const most = Math.max(...all.map(g => g.dataset.count));
    all.forEach(g => {
      const k = g.dataset.count, b = g.getBBox();
      if (g.dataset.way) $$('path', g).forEach(p => { p.style.strokeWidth = on ? 1 + 8 * k / most : ''; });
      else if (on) draw('text', top, { x: b.x + b.width, y: b.y + 4 }, k);
    });
  };

  // Listening
  const tools = {
    in: () => zoom(.8), out: () => zoom(1.25), fit,
    back: () => step(at - 1), on: () => step(at + 1), paper: () => print(),
  };
  for (const id in tools) $('#' + id).onclick = tools[id];
  $$('[name=view]').forEach((r, i) => r.onchange = () => show(i));
  const follow = $('#walk').onchange = () => { walk = $$(`#${$('#walk').value||'none'}>li`); step(0); };
  if ($('#counts')) $('#counts').onchange = count;
  onclick = e => {
    const up = css => e.target.closest(css), g = up('[data-id]'), a = up('#panel [href^="#s-"]'), p = up('.shows');
    if (p) $('#walk').value = p.dataset.walk, follow(), step(walk.length - 1);
    if (!g && !a) return;
    e.preventDefault();
    trail = [];
    choose(g ? g.dataset.id : a.hash.slice(3), true);
  };
  view.onpointerdown = e => { held = e.pointerType === 'mouse' && e; };
  onpointerup = () => held = 0;
  onpointermove = e => {
    const k = svg.getScreenCTM().a;
    if (held) { pan((held.x - e.x) / k, (held.y - e.y) / k); held = e; }
  };
  view.onwheel = e => {
    if (!e.ctrlKey && !view.matches(':focus-within')) return;
    e.preventDefault();
    zoom(e.deltaY > 0 ? 1.15 : .87, new DOMPoint(e.x, e.y).matrixTransform(svg.getScreenCTM().inverse()));
  };
  view.onkeydown = e => {
    const id = e.target.dataset.id, act = { '+': tools.in, '-': tools.out, 0: fit }[e.key];
    const way = { Left: [-1, 0], Right: [1, 0], Up: [0, -1], Down: [0, 1] }[e.key.slice(5)];
    const to = id && (way ? go(id, e.key) : e.key === 'Enter' && id);
    if (to) choose(to, true);
    else if (act) act(), id && choose(id);
    else if (way && !id) pan(way[0] * box[2] / 10, way[1] * box[3] / 10);
    else return;
    e.preventDefault();
  };
  onbeforeprint = fit;
  $('#tools').hidden = false;
  show(0);
})();
