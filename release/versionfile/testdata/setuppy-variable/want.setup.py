version = "2.0.0-rc.1"
from setuptools import setup
setup(name="pot", version=version, install_requires=["lid==1.2.3"])
