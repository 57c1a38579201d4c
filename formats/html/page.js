// What a reader may do with the page beyond reading it: sort, filter, search, see a quote in its context, change the
// theme. The page is complete without any of it. Nothing is loaded, stored or sent; text is only ever set as text.
(function () {
    'use strict';

    const mostHighlights = 1000;
    const collator = new Intl.Collator(document.documentElement.lang || 'en', {numeric: true, sensitivity: 'base'});

    function make(tag, properties, ...children) {
        const element = Object.assign(document.createElement(tag), properties);
        element.append(...children);
        return element;
    }

    /** Lower case, without accents: what a search compares. */
    function folded(text) {
        return text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();
    }

    function numberOf(count, singular) {
        return count.toLocaleString('en') + ' ' + singular + (count === 1 ? '' : 's');
    }

    // ---- Tables -----------------------------------------------------------------------------------------------------

    /** A row, and those that go on about its claim: they stay together. */
    function groupsOf(rows) {
        const groups = [];
        for (const row of rows) {
            if ('goesOn' in row.dataset && groups.length > 0) groups[groups.length - 1].push(row);
            else groups.push([row]);
        }
        return groups;
    }

    class Table {
        constructor(element) {
            this.element = element;
            this.body = element.tBodies[0];
            this.heads = [...element.tHead.rows[0].cells];
            this.groups = groupsOf(this.body.rows);
            this.originalGroups = this.groups;
            this.nRows = this.body.rows.length;
            this.texts = new Map();
            this.isMatrix = this.heads.some((head) => 'source' in head.dataset);
            this.shownSource = '';
            if (this.nRows > 1) this.heads.forEach((head, column) => this.makeSortable(head, column));
        }

        makeSortable(head, column) {
            const button = make('button', {type: 'button', className: 'sort'}, ...head.childNodes);
            head.append(button);
            button.addEventListener('click', () => this.sort(column));
        }

        /** Upwards, downwards, as it was. */
        sort(column) {
            const before = this.heads[column].getAttribute('aria-sort');
            const next = {ascending: 'descending', descending: null}[before];
            const direction = next === undefined ? 'ascending' : next;
            this.heads.forEach((head) => head.removeAttribute('aria-sort'));
            if (direction) this.heads[column].setAttribute('aria-sort', direction);
            this.groups = direction ? this.sorted(column, direction === 'ascending' ? 1 : -1) : this.originalGroups;
            const rows = document.createDocumentFragment();
            for (const group of this.groups) rows.append(...group);
            this.body.append(rows);
        }

        /** Cells without a value come last either way. */
        sorted(column, sign) {
            const keyed = this.originalGroups.map((group) => ({group, key: sortKey(group[0].cells[column])}));
            keyed.sort((a, b) => {
                if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
                return sign * compare(a.key, b.key);
            });
            return keyed.map((entry) => entry.group);
        }

        textOf(row) {
            if (!this.texts.has(row)) this.texts.set(row, folded(row.textContent));
            return this.texts.get(row);
        }

        filter(wanted) {
            if (this.isMatrix && wanted.source !== this.shownSource) this.showSource(wanted.source);
            let n = 0;
            for (const group of this.groups) {
                const matches = group.map((row) => this.matches(row, wanted));
                const any = matches.some(Boolean);
                group.forEach((row, i) => {
                    row.hidden = !matches[i] && !(i === 0 && any);  // a claim's row stays above those that go on about it
                    row.classList.toggle('for-context', i === 0 && any && !matches[i]);
                    n += matches[i] ? 1 : 0;
                });
            }
            this.tell(n);
            return n;
        }

        matches(row, wanted) {
            if (!hasFacets(row, wanted, this.isMatrix)) return false;
            if (wanted.stance) {
                const stances = [...row.cells].filter((cell) => 'stance' in cell.dataset);
                const isAbout = this.heads.some((head) => head.classList.contains('stance'));
                if (isAbout && !stances.some((cell) => !cell.hidden && cell.dataset.stance === wanted.stance)) return false;
            }
            return hasWords(this.textOf(row), wanted);
        }

        /** In a matrix each column of stances is a source. */
        showSource(source) {
            this.shownSource = source;
            const known = this.heads.some((head) => head.dataset.source === source);
            const hides = this.heads.map((head) => known && 'source' in head.dataset && head.dataset.source !== source);
            for (const row of this.element.rows)
                [...row.cells].forEach((cell, i) => { cell.hidden = hides[i]; });
        }

        tell(n) {
            const caption = this.element.caption;
            if (!caption) return;
            let shown = caption.querySelector('.shown');
            if (!shown) caption.append(shown = make('span', {className: 'shown'}));
            shown.textContent = n === this.nRows ? '' : n.toLocaleString('en') + ' of ' + numberOf(this.nRows, 'row');
        }
    }

    const stanceOrder = ['supports', 'mixed', 'refutes', 'neutral', 'silent', 'not_assessable'];

    function sortKey(cell) {
        if (!cell) return null;
        if ('value' in cell.dataset) return Number(cell.dataset.value);
        if ('stance' in cell.dataset) return stanceOrder.indexOf(cell.dataset.stance);
        const text = cell.textContent.trim();
        return text === '' ? null : text;
    }

    function compare(a, b) {
        return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    }

    // ---- Filters and search -------------------------------------------------------------------------------------------

    /** What says nothing about a claim, source or condition is not filtered by it. */
    function hasFacets(element, wanted, skipSource) {
        for (const name of ['claim', 'source', 'condition']) {
            if (!wanted[name] || !(name in element.dataset) || (name === 'source' && skipSource)) continue;
            if (!element.dataset[name].split(' ').includes(wanted[name])) return false;
        }
        return true;
    }

    function hasWords(text, wanted) {
        return wanted.words.every((word) => text.includes(word));
    }

    class Filters {
        constructor(form, tables) {
            this.form = form;
            this.tables = tables;
            this.quotes = [...document.querySelectorAll('main figure.quote')];
            this.quoteTexts = new Map();
            this.others = [...document.querySelectorAll('main section[data-claim], main p[data-source]')];
            this.output = form.querySelector('output');
            this.clear = form.querySelector('[type=reset]');
            this.nRows = tables.reduce((sum, table) => sum + table.nRows, 0);
            form.hidden = false;
            form.addEventListener('submit', (event) => event.preventDefault());
            form.addEventListener('change', () => this.apply());
            form.addEventListener('input', () => this.applySoon());
            form.addEventListener('reset', () => setTimeout(() => this.apply()));
            const more = form.querySelector('[name=more]'), choices = form.querySelector('.choices');
            more.addEventListener('click', () => {
                more.setAttribute('aria-expanded', String(choices.classList.toggle('open')));
            });
            const measure = () => document.documentElement.style.setProperty('--bar', form.offsetHeight + 'px');
            new ResizeObserver(measure).observe(form);
        }

        applySoon() {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.apply(), 120);
        }

        wanted() {
            const value = (name) => this.form.elements[name] ? this.form.elements[name].value : '';
            return {
                claim: value('claim'), stance: value('stance'), source: value('source'), condition: value('condition'),
                words: folded(value('words')).split(/\s+/).filter(Boolean),
            };
        }

        apply() {
            clearTimeout(this.timer);
            const wanted = this.wanted();
            const any = Boolean(wanted.claim || wanted.stance || wanted.source || wanted.condition || wanted.words.length);
            for (const select of this.form.querySelectorAll('select')) select.classList.toggle('set', select.value !== '');
            for (const element of this.others) element.hidden = !hasFacets(element, wanted, false);
            const nRows = this.tables.reduce((sum, table) => sum + table.filter(wanted), 0);
            const nQuotes = this.quotes.reduce((sum, quote) => sum + (this.filterQuote(quote, wanted) ? 1 : 0), 0);
            this.clear.disabled = !any;
            this.output.textContent = any ? 'Showing ' + nRows.toLocaleString('en') + ' of ' + numberOf(this.nRows, 'row') +
                ' and ' + nQuotes.toLocaleString('en') + ' of ' + numberOf(this.quotes.length, 'quote') : '';
            highlight(wanted.words);
        }

        filterQuote(quote, wanted) {
            if (!this.quoteTexts.has(quote)) this.quoteTexts.set(quote, folded(quote.textContent));
            const shown = hasFacets(quote, wanted, false) && (!wanted.stance || quote.dataset.stance === wanted.stance) &&
                hasWords(this.quoteTexts.get(quote), wanted);
            quote.hidden = !shown;
            return shown;
        }
    }

    /** Marks the words in what is shown, where the browser can do so without changing the page. */
    function highlight(words) {
        if (!window.CSS || !CSS.highlights) return;
        CSS.highlights.delete('found');
        if (words.length === 0) return;
        const found = new Highlight();
        const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        while (texts.nextNode() && found.size < mostHighlights) {
            const node = texts.currentNode;
            if (node.parentElement.closest('form, [hidden], details:not([open])')) continue;
            const text = folded(node.data);
            if (text.length !== node.data.length) continue;  // places would not fit
            for (const word of words) {
                for (let at = text.indexOf(word); at >= 0 && found.size < mostHighlights; at = text.indexOf(word, at + word.length)) {
                    const range = new Range();
                    range.setStart(node, at);
                    range.setEnd(node, at + word.length);
                    found.add(range);
                }
            }
        }
        CSS.highlights.set('found', found);
    }

    // ---- The quote in its context --------------------------------------------------------------------------------------

    class Panel {
        constructor() {
            this.heading = make('h2', {id: 'Panel', tabIndex: -1});
            this.close = make('button', {type: 'button'}, 'Close');
            this.body = make('div', {className: 'body', tabIndex: 0});
            this.body.setAttribute('role', 'group');
            this.body.setAttribute('aria-labelledby', 'Panel');
            this.previous = make('button', {type: 'button'}, '← Previous');
            this.next = make('button', {type: 'button'}, 'Next →');
            this.show = make('a', {className: 'show'}, 'Show in the text');
            this.dialog = make('dialog', {className: 'panel'}, make('header', {}, this.heading, this.close), this.body,
                make('div', {className: 'steps'}, this.previous, this.next, this.show));
            this.dialog.setAttribute('aria-labelledby', 'Panel');
            document.body.append(this.dialog);
            this.close.addEventListener('click', () => this.dialog.close());
            this.previous.addEventListener('click', () => this.step(-1));
            this.next.addEventListener('click', () => this.step(1));
            this.show.addEventListener('click', () => { this.opener = null; this.dialog.close(); });
            this.dialog.addEventListener('click', (event) => { if (event.target === this.dialog) this.dialog.close(); });
            this.dialog.addEventListener('close', () => this.closed());
        }

        open(quote, opener) {
            this.opener = opener;
            this.fill(quote);
            this.dialog.showModal();
            this.heading.focus();
        }

        closed() {
            if (this.opener) this.opener.focus();
        }

        step(by) {
            const group = groupOf(this.quote);
            this.fill(group[group.indexOf(this.quote) + by]);
            this.heading.focus();
        }

        fill(quote) {
            const group = groupOf(quote), number = group.indexOf(quote);
            this.quote = quote;
            this.heading.textContent = group.length > 1 ? 'Quote ' + (number + 1) + ' of ' + group.length : 'Quote';
            this.previous.disabled = number === 0;
            this.next.disabled = number === group.length - 1;
            this.previous.hidden = this.next.hidden = group.length === 1;
            this.show.href = '#' + quote.id;
            if (quote.dataset.stance) this.dialog.dataset.stance = quote.dataset.stance;
            else delete this.dialog.dataset.stance;
            this.body.replaceChildren(textOf(quote), aboutOf(quote));
            this.body.scrollTop = 0;
        }
    }

    /** The quotes that stand together with one. */
    function groupOf(quote) {
        const siblings = (element, step) => {
            const found = [];
            for (let next = element[step]; next && next.matches('figure.quote'); next = next[step])
                if (!next.hidden) found.push(next);
            return found;
        };
        return [...siblings(quote, 'previousElementSibling').reverse(), quote, ...siblings(quote, 'nextElementSibling')];
    }

    function textOf(quote) {
        const context = quote.querySelector('.context p');
        const text = make('p', {className: 'text'});
        if (context) text.append(...context.cloneNode(true).childNodes);
        else text.append(make('mark', {}, quote.querySelector('blockquote').textContent));
        return text;
    }

    function aboutOf(quote) {
        const about = make('ul', {className: 'about'});
        for (const part of quote.querySelectorAll('figcaption > span:not(.back)')) {
            const copy = part.cloneNode(true);
            for (const link of copy.querySelectorAll('a')) link.textContent = 'Open the source: ' + link.href;
            about.append(make('li', {}, copy));
        }
        return about;
    }

    function quoteOf(link) {
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        return target && target.matches('figure.quote') ? target : null;
    }

    function openQuotesInPanel() {
        if (!window.HTMLDialogElement) return;
        let panel = null;
        for (const link of document.querySelectorAll('main table a[href^="#"]'))
            if (quoteOf(link)) link.setAttribute('aria-haspopup', 'dialog');
        document.addEventListener('click', (event) => {
            const link = event.target.closest('a[aria-haspopup=dialog]');
            if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            panel = panel || new Panel();
            panel.open(quoteOf(link), link);
        });
    }

    // ---- Around the text ---------------------------------------------------------------------------------------------

    function offerTheme() {
        const root = document.documentElement;
        const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
        const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : prefersDark.matches;
        const button = make('button', {type: 'button', className: 'theme'});
        const label = () => { button.textContent = isDark() ? 'Light' : 'Dark'; button.ariaLabel = button.textContent + ' theme'; };
        button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; label(); });
        prefersDark.addEventListener('change', label);
        label();
        document.querySelector('.title').append(button);
    }

    /** Says in the contents where the reader is. */
    function followReader() {
        const links = new Map();
        for (const link of document.querySelectorAll('.contents a')) links.set(link.hash.slice(1), link);
        const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
        const passed = new Set();  // headings in the upper part of the window, or above it
        const observer = new IntersectionObserver((entries) => {
            for (const entry of entries) {
                if (entry.isIntersecting) passed.add(entry.target);
                else passed.delete(entry.target);
            }
            const current = headings.filter((heading) => passed.has(heading)).pop();
            for (const [id, link] of links) {
                if (current && id === current.id) link.setAttribute('aria-current', 'true');
                else link.removeAttribute('aria-current');
            }
        }, {rootMargin: '1000000px 0px -70% 0px'});
        headings.forEach((heading) => observer.observe(heading));
    }

    /** Only what can be scrolled needs to be reached by the keyboard. */
    function leaveOutStillBoxes() {
        const update = (box) => {
            const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
            if (scrolls) box.tabIndex = 0;
            else box.removeAttribute('tabindex');
        };
        const observer = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target)));
        document.querySelectorAll('.scroll').forEach((box) => observer.observe(box));
    }

    const tables = [...document.querySelectorAll('table.data')].map((element) => new Table(element));
    new Filters(document.querySelector('form.filters'), tables);
    openQuotesInPanel();
    offerTheme();
    followReader();
    leaveOutStillBoxes();
    if (window.matchMedia('(max-width: 70rem)').matches)
        document.querySelectorAll('.contents details').forEach((details) => { details.open = false; });
})();
