# s.version = "1.2.3"
=begin
s.version = "1.2.3"
=end
Gem::Specification.new do |s|
  s.name = 'pot'
  s.required_ruby_version = '1.2.3'
  s.version     = '2.0.0-rc.1' # version 1.2.3
  s.add_dependency 'lid', '1.2.3'
end
