package fakegithub

import (
	"slices"
	"strconv"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// object is an object of GraphQL: the names of its type and interfaces, and its fields. A field is a value, an object, a
// list of them, or a function of the arguments that gives one of those; an error that it gives is told as GitHub tells it.
type object struct {
	types  []string
	fields map[string]any
}

// arguments are what a field is given.
type arguments map[string]any

func (a arguments) text(name string) string {
	s, _ := a[name].(string)
	return s
}

func (a arguments) number(name string) (int, bool) {
	switch n := a[name].(type) {
	case int64:
		return int(n), true
	case float64: // from variables in JSON
		return int(n), true
	}
	return 0, false
}

// graphProblem is an error of GraphQL, which leaves the rest of an answer be.
type graphProblem struct{ kind, message string }

func (p *graphProblem) Error() string { return p.message }

// execution is one query that is carried out.
type execution struct {
	t         testing.TB
	variables map[string]any
	fragments ast.FragmentDefinitionList
	problems  []any
}

// object gives the fields of an object that were asked for, under the names that they were asked for by.
func (e *execution) object(o *object, set ast.SelectionSet, path []any) map[string]any {
	found := map[string]any{}
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			found[s.Alias] = e.field(o, s, append(slices.Clone(path), s.Alias))
		case *ast.InlineFragment:
			e.spread(found, o, s.TypeCondition, s.SelectionSet, path)
		case *ast.FragmentSpread:
			if fragment := e.fragments.ForName(s.Name); fragment != nil {
				e.spread(found, o, fragment.TypeCondition, fragment.SelectionSet, path)
			}
		}
	}
	return found
}

func (e *execution) spread(found map[string]any, o *object, condition string, set ast.SelectionSet, path []any) {
	if condition != "" && !slices.Contains(o.types, condition) {
		return
	}
	for name, value := range e.object(o, set, path) {
		found[name] = value
	}
}

func (e *execution) field(o *object, s *ast.Field, path []any) any {
	if s.Name == "__typename" {
		return o.types[0]
	}
	value, known := o.fields[s.Name]
	if !known {
		e.t.Errorf("fakegithub: the forge doesn't know the field %q of %s", s.Name, o.types[0])
		return nil
	}
	given := arguments{}
	for _, a := range s.Arguments {
		given[a.Name], _ = a.Value.Value(e.variables)
	}
	if resolve, ok := value.(func(arguments) (any, error)); ok {
		var err error
		if value, err = resolve(given); err != nil {
			e.tell(err, path)
			return nil
		}
	}
	return e.value(value, s.SelectionSet, path)
}

func (e *execution) value(value any, set ast.SelectionSet, path []any) any {
	switch v := value.(type) {
	case *object:
		if v == nil {
			return nil
		}
		return e.object(v, set, path)
	case []*object:
		list := make([]any, len(v))
		for i, o := range v {
			list[i] = e.object(o, set, append(slices.Clone(path), i))
		}
		return list
	}
	return value
}

func (e *execution) tell(err error, path []any) {
	kind := ""
	if p, ok := err.(*graphProblem); ok {
		kind = p.kind
	}
	e.problems = append(e.problems, map[string]any{"type": kind, "message": err.Error(), "path": path})
}

// connection is a field with a list that is given page by page.
func connection(name string, list func(arguments) []*object) func(arguments) (any, error) {
	return func(a arguments) (any, error) {
		all := list(a)
		size, given := a.number("first")
		if !given || size < 1 || size > 100 {
			return nil, &graphProblem{"MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` value between 1 and 100 to properly paginate the `" + name + "` connection."}
		}
		from := 0
		if after := a.text("after"); after != "" {
			from, _ = strconv.Atoi(after)
		}
		from = min(from, len(all))
		to := min(from+size, len(all))
		var end any
		if to > from {
			end = strconv.Itoa(to)
		}
		info := &object{[]string{"PageInfo"}, map[string]any{"hasNextPage": to < len(all), "endCursor": end}}
		return &object{[]string{name + "Connection"}, map[string]any{"nodes": all[from:to], "totalCount": len(all), "pageInfo": info}}, nil
	}
}
