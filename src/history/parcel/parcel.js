/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of a parcel. Everything it shows is in it: it asks for nothing, and the reviewer's words leave it only as a
 * file that they save. Whatever people wrote is set as text, never as markup. */

'use strict';

(() => {
  const parcel = JSON.parse(document.getElementById('parcel').textContent);
  const words = parcel.words;
  const place = 'reshoot-parcel ' + parcel.project;
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const steps = new Map(parcel.steps.map(step => [step.id, step]));
  const children = new Map();

  for (const step of parcel.steps) {
    const parent = steps.has(step.parent) ? step.parent : null;
    const siblings = children.get(parent) ?? [];

    siblings.push(step);
    children.set(parent, siblings);
  }

  /* -- What the reviewer says ---------------------------------------------------------------------------------- */

  const said = { reviewer: '', steps: {} };
  let unsaved = false;

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(place));

      if (kept !== null && typeof kept.reviewer === 'string' && typeof kept.steps === 'object')
        Object.assign(said, kept);
    } catch (error) {
      /* A browser may keep nothing for a page that is a file: then a saved file is the only copy. */
    }
  }

  function keep() {
    unsaved = true;
    try {
      localStorage.setItem(place, JSON.stringify(said));
    } catch (error) {
      /* As above. */
    }
  }

  const getOpinion = step => said.steps[step.uuid] ?? { rating: 0, verdict: null, reason: '', notes: [] };

  function setOpinion(step, change) {
    said.steps[step.uuid] = { ...getOpinion(step), ...change };
    keep();
    show();
  }

  const isEmpty = opinion => !opinion.rating && !opinion.verdict && opinion.notes.length === 0;

  function makeFile() {
    const list = parcel.steps.filter(step => !isEmpty(getOpinion(step))).map(step => {
      const opinion = getOpinion(step);
      const one = { step: step.uuid, digest: step.digest };

      if (opinion.rating)
        one.rating = opinion.rating;
      if (opinion.verdict) {
        one.verdict = opinion.verdict;
        if (opinion.reason.trim())
          one.reason = opinion.reason.trim();
      }
      if (opinion.notes.length)
        one.notes = opinion.notes;
      return one;
    });

    return {
      format: 'reshoot-verdicts', version: 1, project: parcel.project, title: parcel.title,
      reviewer: said.reviewer.trim(), saved: new Date().toISOString(), steps: list,
    };
  }

  /* -- Pictures ------------------------------------------------------------------------------------------------ */

  const urls = new Map();
  const KEPT = 16;     /* pictures that need not be made again */
  const LONG = 600;    /* characters that are scrolled */

  /* The encoded picture stands in the page as text; it is made a picture when it is looked at. */
  function getUrl(step) {
    let url = urls.get(step.digest);

    if (url === undefined) {
      const block = document.getElementById('p-' + step.digest);
      const binary = atob(block.textContent.trim());
      const bytes = new Uint8Array(binary.length);

      for (let i = 0; i < binary.length; i++)
        bytes[i] = binary.charCodeAt(i);
      url = URL.createObjectURL(new Blob([bytes], { type: block.dataset.type }));
    }

    urls.delete(step.digest);
    urls.set(step.digest, url);
    if (urls.size > KEPT) {
      const [oldest, old] = urls.entries().next().value;

      URL.revokeObjectURL(old);
      urls.delete(oldest);
    }
    return url;
  }

  const getThumbnail = step => document.getElementById('s-' + step.id).querySelector('img').src;

  /* -- Building ------------------------------------------------------------------------------------------------ */

  function make(tag, attributes = {}, ...parts) {
    const element = document.createElement(tag);

    for (const [name, value] of Object.entries(attributes))
      if (value !== null && value !== false)
        element.setAttribute(name, value === true ? '' : value);
    element.append(...parts);
    return element;
  }

  function makeButton(text, act, attributes = {}) {
    const button = make('button', { type: 'button', ...attributes }, text);

    button.addEventListener('click', act);
    return button;
  }

  const describe = step => step.kind === 'original' ? step.title : step.instruction;
  const nameAuthor = author => author === '' ? say('owner') : author;

  function listFacts(step) {
    const facts = [say('step', { n: step.id })];

    facts.push(step.kind === 'original' ? say('original') : step.model);
    if (step.seconds !== null && step.kind !== 'original')
      facts.push(new Intl.NumberFormat(parcel.lang, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
        .format(step.seconds));
    if (step.price !== undefined && step.kind !== 'original') {
      const amount = step.price.settled ?? step.price.quoted ?? step.price.estimate;

      if (amount !== null)
        facts.push(new Intl.NumberFormat(parcel.lang, { style: 'currency', currency: 'USD', maximumFractionDigits: 3 })
          .format(amount));
    }
    facts.push(`${step.width} × ${step.height}`);
    if (step.created !== null)
      facts.push(new Date(step.created).toLocaleDateString(parcel.lang));
    return facts.join(' · ');
  }

  const stars = n => '★'.repeat(n) + '☆'.repeat(5 - n);

  function listMarks(step) {
    const opinion = getOpinion(step);
    const marks = [say('step', { n: step.id })];

    if (opinion.rating || step.rating)
      marks.push(stars(opinion.rating || step.rating));
    if (opinion.verdict)
      marks.push(opinion.verdict === 'accept' ? '✓' : '✗');
    if (opinion.notes.length + step.notes.length)
      marks.push('✎ ' + (opinion.notes.length + step.notes.length));
    return marks.join(' · ');
  }

  /* -- The page ------------------------------------------------------------------------------------------------ */

  const state = { step: null, mode: 'result', against: 'parent', fits: true, split: 50, filter: 'all', place: null,
    writes: false, before: false, timer: 0 };

  const reviewer = make('input', { type: 'text', id: 'reviewer', maxlength: 200, autocomplete: 'name' });
  const told = make('p', { class: 'hint', role: 'status' });
  const list = make('ol', {});
  const filter = make('select', { id: 'filter' });
  const against = make('select', { id: 'against' });
  const stage = make('div', { class: 'stage', tabindex: 0, role: 'region', 'aria-label': say('picture') });
  const caption = make('div', { class: 'caption', role: 'region', tabindex: 0, 'aria-label': say('instruction') });
  const divider = make('input', { type: 'range', id: 'divider', min: 0, max: 100, value: 50 });
  const splitRow = make('p', { class: 'split' }, make('label', { for: 'divider' }, say('divider')), divider);
  const opinionSide = make('aside', { class: 'opinion', 'aria-label': say('opinion') });
  const modes = {};
  const buttons = {};

  function getAgainst(step) {
    if (state.against === 'parent')
      return steps.get(step.parent) ?? step;
    if (state.against === 'original')
      return steps.get(step.original) ?? step;
    return steps.get(Number(state.against)) ?? step;
  }

  /* Depth first; the first child goes on at its parent's level, the others stand before it and one deeper. */
  function listTree() {
    const rows = [];
    const todo = (children.get(null) ?? []).map(step => [step, 0]).reverse();

    while (todo.length) {
      const [step, level] = todo.pop();
      const next = children.get(step.id) ?? [];

      rows.push([step, level]);
      if (next.length)
        todo.push([next[0], level], ...next.slice(1).reverse().map(other => [other, level + 1]));
    }
    return rows;
  }

  const rows = listTree();
  const rowButtons = new Map();

  function isShown(step) {
    const opinion = getOpinion(step);

    switch (state.filter) {
    case 'rated': return (opinion.rating || step.rating) >= 4;
    case 'accepted': return opinion.verdict === 'accept' || step.verdicts.some(one => one.verdict === 'accept');
    case 'open': return step.kind !== 'original' && !opinion.verdict && !opinion.rating;
    default: return true;
    }
  }

  function buildList() {
    for (const [step, level] of rows) {
      const button = makeButton('', () => go(step));

      button.append(make('img', { src: getThumbnail(step), alt: '', loading: 'lazy' }),
        make('span', {}, make('span', { class: 'told' }, describe(step)), make('span', { class: 'marks' })));
      rowButtons.set(step.id, button);
      list.append(make('li', { class: 'level-' + Math.min(level, 4) }, button));
    }
  }

  function showList() {
    for (const [step] of rows) {
      const button = rowButtons.get(step.id);

      button.parentElement.hidden = !isShown(step);
      button.querySelector('.marks').textContent = listMarks(step);
      if (step === state.step)
        button.setAttribute('aria-current', 'step');
      else
        button.removeAttribute('aria-current');
    }
  }

  function makeImage(step, role) {
    return make('img', { src: getUrl(step), alt: say(role) + ': ' + describe(step).slice(0, 300), draggable: 'false' });
  }

  function makePins(step) {
    const pins = [];
    const notes = [...step.notes, ...getOpinion(step).notes];

    notes.forEach((note, i) => {
      if (note.x === null || note.x === undefined)
        return;

      const isMine = i >= step.notes.length;
      const pin = makeButton(String(i + 1), () => document.getElementById('note-' + i).focus(),
        { class: isMine ? 'pin mine' : 'pin', 'aria-label': say('noteNumber', { n: i + 1 }) });

      pin.style.left = note.x * 100 + '%';
      pin.style.top = note.y * 100 + '%';
      pins.push(pin);
      if (note.width !== null && note.width !== undefined) {
        const area = make('div', { class: 'area' });

        area.style.left = note.x * 100 + '%';
        area.style.top = note.y * 100 + '%';
        area.style.width = note.width * 100 + '%';
        area.style.height = note.height * 100 + '%';
        pins.push(area);
      }
    });

    if (state.place !== null) {
      const pin = makeButton('+', () => {}, { class: 'pin mine', id: 'place', 'aria-label': say('movePin') });

      pin.style.left = state.place.x * 100 + '%';
      pin.style.top = state.place.y * 100 + '%';
      pins.push(pin);
    }
    return pins;
  }

  const clamp = share => Math.min(1, Math.max(0, share));

  function makeFrame(step, role, parts) {
    const frame = make('div', { class: 'frame' }, ...parts);

    if (role === 'result') {
      frame.classList.toggle('placing', state.writes);
      frame.append(...makePins(step));
      frame.addEventListener('click', event => {
        const box = frame.getBoundingClientRect();

        if (!state.writes || event.target.closest('.pin') !== null)
          return;

        state.place = { x: clamp((event.clientX - box.left) / box.width),
          y: clamp((event.clientY - box.top) / box.height) };
        showStage();
        document.getElementById('note-text').focus();
      });
    }
    frame.dataset.ratio = step.width / step.height;
    return frame;
  }

  function showSplit() {
    const top = stage.querySelector('.top');
    const bar = stage.querySelector('.bar');

    if (top === null)
      return;

    top.style.clipPath = `inset(0 ${100 - state.split}% 0 0)`;
    bar.style.left = state.split + '%';
  }

  function showStage() {
    const step = state.step;
    const other = getAgainst(step);
    const mode = state.before ? 'before' : state.mode;
    const source = () => makeImage(other, 'source');
    const result = () => makeImage(step, 'result');
    const sourceName = make('span', { class: 'name' }, say('source'));
    const frames = [];

    if (mode === 'before')
      frames.push(makeFrame(other, 'source', [source(), sourceName]));
    else if (mode === 'side')
      frames.push(makeFrame(other, 'source', [source(), sourceName]),
        makeFrame(step, 'result', [result(), make('span', { class: 'name' }, say('result'))]));
    else if (mode === 'split') {
      const top = source();

      top.classList.add('top');
      frames.push(makeFrame(step, 'result', [result(), top, make('div', { class: 'bar' }), sourceName,
        make('span', { class: 'name after' }, say('result'))]));
    } else
      frames.push(makeFrame(step, 'result', [result()]));

    stage.replaceChildren(...frames);
    splitRow.hidden = mode !== 'split';
    showSplit();
    layOut();
    for (const image of stage.querySelectorAll('img'))
      image.addEventListener('load', layOut);
  }

  function layOut() {
    const frames = [...stage.querySelectorAll('.frame')];
    const width = (stage.clientWidth - 2 * (frames.length - 1)) / frames.length;
    const height = stage.clientHeight;

    for (const frame of frames) {
      const image = frame.querySelector('img');
      const ratio = Number(frame.dataset.ratio);
      let w = Math.min(width, height * ratio);

      if (!state.fits && image.naturalWidth)
        w = image.naturalWidth / devicePixelRatio;
      frame.style.width = w + 'px';
      frame.style.height = w / ratio + 'px';
    }
  }

  function showCaption() {
    const step = state.step;
    const parts = [make('p', {}, describe(step)), make('p', { class: 'facts' }, listFacts(step))];

    for (const one of step.verdicts)
      parts.push(make('p', { class: one.verdict === 'accept' ? 'good' : 'bad' },
        `${nameAuthor(one.author)}: ${say(one.verdict === 'accept' ? 'accepted' : 'rejected')}` +
        (one.reason ? ' — ' + one.reason : '')));
    caption.replaceChildren(...parts);
  }

  function makeRating(step) {
    const chosen = getOpinion(step).rating;
    const box = make('div', { class: 'stars' });

    for (let n = 0; n <= 5; n++) {
      const radio = make('input', { type: 'radio', name: 'rating', value: n, checked: n === chosen,
        'aria-label': n === 0 ? say('noRating') : say('stars', { n }) });

      radio.addEventListener('change', () => { rate(n); document.querySelector(
        `input[name=rating][value="${n}"]`).focus(); });
      box.append(make('label', {}, radio, n === 0 ? '–' : n + '★'));
    }
    return make('fieldset', {}, make('legend', {}, say('rating')), box);
  }

  function makeVerdict(step) {
    const opinion = getOpinion(step);
    const reason = make('input', { type: 'text', id: 'reason', maxlength: 2000 });

    reason.value = opinion.reason;
    reason.addEventListener('change', () => {
      said.steps[step.uuid] = { ...getOpinion(step), reason: reason.value };
      keep();
    });
    return make('section', {}, make('h2', {}, say('verdict')), make('div', { class: 'row' },
      makeButton(say('accept'), () => judge('accept'), { 'aria-pressed': opinion.verdict === 'accept' ? 'true' : 'false' }),
      makeButton(say('reject'), () => judge('reject'), { 'aria-pressed': opinion.verdict === 'reject' ? 'true' : 'false' })),
    ...(opinion.verdict ? [make('label', { for: 'reason' }, say('reason')), reason] : []));
  }

  function makeNoteForm() {
    const text = make('textarea', { id: 'note-text', maxlength: 4000 });
    const add = () => {
      const note = { text: text.value.trim() };

      if (note.text === '')
        return text.focus();

      if (state.place !== null)
        Object.assign(note, state.place);
      state.writes = false;
      state.place = null;
      setOpinion(state.step, { notes: [...getOpinion(state.step).notes, note] });
      buttons.note.focus();
    };

    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
        add();
    });
    return make('section', {}, make('label', { for: 'note-text' }, say('noteText')), text,
      make('p', { class: 'hint' }, say('notePlace')),
      make('div', { class: 'row' }, makeButton(say('add'), add, { class: 'main' }),
        makeButton(say('placeMiddle'), () => {
          state.place = { x: 0.5, y: 0.5 };
          showStage();
          document.getElementById('place').focus();
        }),
        makeButton(say('cancel'), stopWriting)));
  }

  function makeNotes(step) {
    const mine = getOpinion(step).notes;
    const items = [...step.notes, ...mine].map((note, i) => {
      const isMine = i >= step.notes.length;
      const who = make('div', { class: 'who' },
        make('span', { class: 'facts' }, `${i + 1} · ${isMine ? say('you') : nameAuthor(note.author)}`));

      if (isMine)
        who.append(makeButton(say('remove'), () =>
          setOpinion(step, { notes: mine.filter((_, at) => at !== i - step.notes.length) }),
        { 'aria-label': say('removeNote', { n: i + 1 }) }));
      return make('li', { class: isMine ? 'note mine' : 'note', id: 'note-' + i, tabindex: -1 }, who,
        make('p', note.text.length > LONG ? { class: 'long', tabindex: 0 } : {}, note.text));
    });

    buttons.note = makeButton(say('addNote'), startWriting);
    return make('section', { class: 'notes' }, make('h2', {}, say('notes')),
      ...(items.length ? [make('ol', {}, ...items)] : []), state.writes ? makeNoteForm() : buttons.note);
  }

  function showOpinion() {
    const step = state.step;

    opinionSide.replaceChildren(make('p', { class: 'hint' }, say('keys')), makeRating(step), makeVerdict(step),
      makeNotes(step));
  }

  function showTools() {
    for (const [mode, button] of Object.entries(modes))
      button.setAttribute('aria-pressed', mode === state.mode ? 'true' : 'false');
    buttons.zoom.setAttribute('aria-pressed', state.fits ? 'false' : 'true');
    buttons.play.textContent = state.timer ? say('pause') : say('play');
  }

  function show() {
    showList();
    showStage();
    showCaption();
    showOpinion();
    showTools();
  }

  /* -- What can be done ---------------------------------------------------------------------------------------- */

  /* In its list alone: where the list is below the picture, the page stays at the picture. */
  function reveal(row) {
    const list = row.closest('.history');
    const within = list.getBoundingClientRect();
    const place = row.getBoundingClientRect();

    if (place.top < within.top)
      list.scrollTop -= within.top - place.top;
    else if (place.bottom > within.bottom)
      list.scrollTop += place.bottom - within.bottom;
  }

  function go(step) {
    if (step === undefined || step === null)
      return;

    state.step = step;
    state.writes = false;
    state.place = null;
    show();
    reveal(rowButtons.get(step.id));
  }

  function walk(by) {
    const shown = rows.map(([step]) => step).filter(isShown);
    const at = shown.indexOf(state.step);

    go(shown[at < 0 ? 0 : at + by]);
  }

  function setMode(mode) {
    state.mode = mode;
    showStage();
    showTools();
  }

  function rate(rating) {
    setOpinion(state.step, { rating });
  }

  function judge(verdict) {
    setOpinion(state.step, { verdict: getOpinion(state.step).verdict === verdict ? null : verdict });
  }

  function startWriting() {
    state.writes = true;
    showOpinion();
    showStage();
    document.getElementById('note-text').focus();
  }

  function stopWriting() {
    state.writes = false;
    state.place = null;
    showOpinion();
    showStage();
    buttons.note.focus();
  }

  function listPath(step) {
    const path = [];

    for (let at = step; at !== undefined; at = steps.get(at.parent))
      path.unshift(at);
    return path;
  }

  function stop() {
    clearTimeout(state.timer);
    state.timer = 0;
    showTools();
  }

  function play() {
    const path = listPath(state.step);
    let at = 0;
    const next = () => {
      go(path[at]);
      at += 1;
      state.timer = at < path.length ? setTimeout(next, 1400) : 0;
      showTools();
    };

    if (state.timer)
      stop();
    else
      next();
  }

  function save() {
    if (said.reviewer.trim() === '') {
      told.textContent = say('nameFirst');
      reviewer.focus();
      return;
    }

    const url = URL.createObjectURL(new Blob([JSON.stringify(makeFile(), null, 1)], { type: 'application/json' }));
    const link = make('a', { href: url, download: parcel.file + '.verdicts.json' });

    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    unsaved = false;
    told.textContent = say('saved');
  }

  const keys = {
    ArrowLeft: () => go(steps.get(state.step.parent)),
    ArrowRight: () => go(children.get(state.step.id)?.[0]),
    ArrowUp: () => walk(-1),
    ArrowDown: () => walk(1),
    a: () => judge('accept'),
    x: () => judge('reject'),
    n: startWriting,
    s: () => setMode(state.mode === 'split' ? 'result' : 'split'),
    d: () => setMode(state.mode === 'side' ? 'result' : 'side'),
    z: () => buttons.zoom.click(),
    ' ': play,
  };

  function movePin(event) {
    const by = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, -0.01], ArrowDown: [0, 0.01] }[event.key];

    if (by === undefined)
      return;

    state.place = { x: clamp(state.place.x + by[0]), y: clamp(state.place.y + by[1]) };
    showStage();
    document.getElementById('place').focus();
    event.preventDefault();
  }

  document.addEventListener('keydown', event => {
    const target = event.target;

    if (target.id === 'place')
      return movePin(event);
    if (event.key === 'Escape' && state.writes)
      return stopWriting();
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type=radio]), textarea, select'))
      return;
    if (target.matches('input') && event.key.startsWith('Arrow'))
      return;
    if (event.key === ' ' && target.matches('button, input'))
      return;
    if (target === stage && !state.fits && event.key.startsWith('Arrow'))
      return;

    if (event.key === 'b' && !state.before) {
      state.before = true;
      showStage();
    } else if (event.key >= '0' && event.key <= '5' && event.key.length === 1)
      rate(Number(event.key));
    else if (Object.hasOwn(keys, event.key))
      keys[event.key]();
    else
      return;
    event.preventDefault();
  });

  document.addEventListener('keyup', event => {
    if (event.key === 'b' && state.before) {
      state.before = false;
      showStage();
    }
  });

  /* -- The beginning ------------------------------------------------------------------------------------------- */

  function makeOption(value, text) {
    return make('option', { value }, text);
  }

  function build() {
    const header = make('header', {}, make('h1', {}, parcel.title), told,
      make('label', { for: 'reviewer' }, say('reviewer'), reviewer), makeButton(say('save'), save, { class: 'main' }));
    const tools = make('div', { class: 'tools', role: 'toolbar', 'aria-label': say('view') });
    const main = make('main', {}, tools, stage, make('div', {}, splitRow, caption));

    for (const mode of ['result', 'split', 'side']) {
      modes[mode] = makeButton(say(mode), () => setMode(mode));
      tools.append(modes[mode]);
    }
    buttons.zoom = makeButton('100 %', () => { state.fits = !state.fits; showStage(); showTools(); });
    buttons.play = makeButton(say('play'), play);
    against.append(makeOption('parent', say('against') + ': ' + say('parent')),
      makeOption('original', say('against') + ': ' + say('original')),
      ...rows.map(([step]) => makeOption(step.id, `${step.id}: ${describe(step).slice(0, 60)}`)));
    filter.append(...['all', 'rated', 'accepted', 'open'].map(key => makeOption(key, say('filter-' + key))));
    against.setAttribute('aria-label', say('against'));
    tools.append(against, make('span', { class: 'space' }),
      buttons.zoom, buttons.play,
      makeButton('‹', () => walk(-1), { 'aria-label': say('previous') }),
      makeButton('›', () => walk(1), { 'aria-label': say('next') }));

    buildList();
    document.body.prepend(make('div', { class: 'app' }, header, make('div', { class: 'rooms' },
      make('nav', { class: 'history', 'aria-label': say('history') },
        make('label', { for: 'filter' }, say('show'), ' ', filter), list),
      main, opinionSide)));
    document.body.classList.add('running');
  }

  recall();
  build();
  reviewer.value = said.reviewer;
  reviewer.addEventListener('input', () => { said.reviewer = reviewer.value; keep(); });
  divider.addEventListener('input', () => { state.split = Number(divider.value); showSplit(); });
  against.addEventListener('change', () => { state.against = against.value; showStage(); });
  filter.addEventListener('change', () => { state.filter = filter.value; showList(); });
  addEventListener('resize', layOut);
  addEventListener('beforeunload', event => { if (unsaved) event.preventDefault(); });
  go(steps.get(parcel.head) ?? parcel.steps[0]);
})();
