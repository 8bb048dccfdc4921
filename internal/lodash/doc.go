// Package lodash reads the templates of lodash that configurations of semantic-release are full of, as far as they are
// expressions: ${nextRelease.version}, <%= branch.name || "main" %>. Nothing is run. The expression is parsed, and of its
// tree a documented part is evaluated over plain data: literals, members, operators, ?:, template strings, the methods of texts,
// lists and dates. Whatever goes beyond (functions, assignments, statements) is an error that quotes it.
package lodash
